local log = {}
local function v(x) log[#log + 1] = x return x end
local r = v(1) + v(2) * v(3)
print(r, table.concat(log, ",")) -- expect: 7	1,2,3
log = {}
local t = {v(1), v(2), k = v(3), v(4)}
print(table.concat(log, ",")) -- expect: 1,2,3,4
log = {}
local s = v("a") .. v("b") .. v("c")
print(s, table.concat(log, ",")) -- expect: abc	a,b,c
log = {}
print(v(1) < v(2), table.concat(log, ",")) -- expect: true	1,2
log = {}
;(function(...) end)(v(1), v(2), v(3))
print(table.concat(log, ",")) -- expect: 1,2,3
