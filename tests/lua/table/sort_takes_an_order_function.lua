local t = {5, 2, 8, 1}
table.sort(t, function(a, b) return a > b end) print(table.concat(t, " ")) -- expect: 8 5 2 1
local people = {{n = "z", a = 30}, {n = "a", a = 25}, {n = "m", a = 35}}
table.sort(people, function(x, y) return x.a < y.a end)
for _, p in ipairs(people) do io.write(p.n, " ") end print() -- expect: a z m
local objs = {}
for i, v in ipairs {3, 1, 2} do objs[i] = setmetatable({v = v}, {__lt = function(a, b) return a.v < b.v end}) end
table.sort(objs) print(objs[1].v, objs[2].v, objs[3].v) -- expect: 1	2	3
print(pcall(table.sort, {3, 1, 2}, function() error("in order function", 0) end)) -- expect: false	in order function
t = {"bb", "a", "ccc"}
table.sort(t, function(a, b) return #a < #b end) print(table.concat(t, " ")) -- expect: a bb ccc
local n = 0
table.sort({4, 3, 2, 1}, function(a, b) n = n + 1 return a < b end)
print(n > 0) -- expect: true
