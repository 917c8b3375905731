local log = {}
local mt = {__gc = function(o) log[#log + 1] = o[1] end}
do
  local list = {}
  for i = 1, 5 do list[i] = setmetatable({i}, mt) end
  setmetatable(list[2], nil)
  setmetatable(list[2], mt)
end
collectgarbage() collectgarbage()
print(table.concat(log, " ")) -- expect: 5 4 3 2 1
