-- Stores into arrays, fields and upvalues during an incremental cycle: numbers
-- and booleans as well as new objects.
collectgarbage("incremental")
local function object(i) return { value = i } end
local list, record, last = {}, { a = 0, b = object(0) }, nil
for i = 1, 2000 do list[i] = object(i) end
local with_meta = setmetatable({ 1, 2, 3 }, { __index = function() return -1 end })
local sum = 0
for round = 1, 40 do
  collectgarbage("step", 1)
  for i = 1, #list do
    list[i] = i % 3 == 0 and object(i + round) or i % 3 == 1 and i or i % 2 == 0
  end
  list[#list + 1] = round
  list[#list + 1] = object(round)
  record.a = round
  record.b = object(round)
  record["k" .. round] = round
  with_meta[2] = round
  with_meta[5] = object(round)
  last = object(round)
end
collectgarbage()
for i = 1, #list do
  local v = list[i]
  sum = sum + (type(v) == "table" and v.value or type(v) == "number" and v or 1)
end
print(sum, #list, record.a, record.b.value, record.k7, record.k40) -- expect: 1467814	2080	40	40	7	40
print(with_meta[2], with_meta[4], with_meta[5].value, last.value) -- expect: 40	-1	40	40
