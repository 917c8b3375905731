local data = {}
for i = 1, 10 do data[i] = {key = (i * 7) % 10} end
table.sort(data, function(a, b) return a.key < b.key end)
for _, d in ipairs(data) do io.write(d.key, " ") end
print()
data[5].key = nil
local function compare(a, b) return a.key < b.key end
local function process(list) table.sort(list, compare) end
process(data)
