print(load("return " .. ("1+"):rep(5000) .. "1")()) -- expect: 5001
print(load("return " .. ("1*"):rep(2000) .. "1")()) -- expect: 1
local t = {}
for i = 1, 2000 do t[i] = "x == " .. i end
print(load("local x = 1500 return " .. table.concat(t, " or "))()) -- expect: true
for i = 1, 2000 do t[i] = "x ~= " .. i end
print(load("local x = 2001 return " .. table.concat(t, " and "))()) -- expect: true
print(load("local t = {} t.a = t return t" .. (".a"):rep(3000) .. " == t")()) -- expect: true
print(load("local function f() return f end local function g() return g end return g" .. ("()"):rep(1000) .. " == g")()) -- expect: true
local branches = {"local x = 900 if x == 0 then return 0"}
for i = 1, 1000 do branches[#branches + 1] = ("elseif x == %d then return %d"):format(i, i * 2) end
print(pcall(load(table.concat(branches, " ") .. " end") or print)) -- expect: true	1800
