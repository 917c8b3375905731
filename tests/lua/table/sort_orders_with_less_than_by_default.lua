local t = {3, 1, 2, 5, 4}
table.sort(t) print(table.concat(t, " ")) -- expect: 1 2 3 4 5
t = {"pear", "apple", "fig", "Banana", ""}
table.sort(t) print(table.concat(t, ",")) -- expect: ,Banana,apple,fig,pear
t = {2.5, 1, -1, 1e10, 0.1, -math.huge, math.huge}
table.sort(t) print(table.concat(t, " ")) -- expect: -inf -1 0.1 1 2.5 10000000000.0 inf
t = {}
for i = 1, 500 do t[i] = (i * 7919) % 1009 end
table.sort(t)
local ok = true
for i = 2, #t do ok = ok and t[i - 1] <= t[i] end
print(ok, t[1], t[500]) -- expect: true	1	1006
table.sort({}) table.sort({1}) print(select("#", table.sort({2, 1}))) -- expect: 0
print(pcall(table.sort, {1, "x", 2})) -- expect: false	attempt to compare string with number
print(pcall(table.sort, {{}, {}})) -- expect: false	attempt to compare two table values
print(pcall(table.sort, 5)) -- expect: false	bad argument #1 to 'table.sort' (table expected, got number)
print(pcall(table.sort, {1, 2}, 5)) -- expect: false	bad argument #2 to 'table.sort' (function expected, got number)
