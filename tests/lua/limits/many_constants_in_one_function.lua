local t = {"local s = 0"}
for i = 1, 1000 do t[#t + 1] = ("s = s + %d.25"):format(i) end
t[#t + 1] = "return s"
print(load(table.concat(t, " "))()) -- expect: 500750.0
local fields = {"local o = {}"}
for i = 1, 700 do fields[#fields + 1] = ("o.field%d = 'value%d'"):format(i, i) end
fields[#fields + 1] = "return o.field1, o.field700, o.field300 .. o.field2"
print(load(table.concat(fields, "\n"))()) -- expect: value1	value700	value300value2
local g = {}
for i = 1, 600 do g[i] = ("global%d = %d"):format(i, i) end
local env = {}
load(table.concat(g, "\n"), "=g", "t", env)()
print(env.global1, env.global600) -- expect: 1	600
local m = {"local o = ... local n = 0"}
for i = 1, 600 do m[#m + 1] = ("function o:m%d() return %d end"):format(i, i) end
m[#m + 1] = "return o:m1(), o:m255(), o:m256(), o:m600()"
print(load(table.concat(m, "\n"))({})) -- expect: 1	255	256	600
