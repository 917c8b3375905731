local t = {}
for i = 1, 240 do t[i] = tostring(i) end
print(load("return select('#', " .. table.concat(t, ",") .. ")")()) -- expect: 240
for i = 1, 300 do t[i] = "1" end
print((select(2, load("return select('#', " .. table.concat(t, ",") .. ")", "=c")):gsub(" near.*", ""))) -- expect: c:1: function or expression needs too many registers
print(load("return {" .. ("1,"):rep(300) .. "}") ~= nil) -- expect: true
local params = {}
for i = 1, 200 do params[i] = "p" .. i end
local f = load("local function f(" .. table.concat(params, ",") .. ", ...) return p200, ... end return f")()
print(f(table.unpack({}, 1, 199))) -- expect: nil
print(select("#", f(table.unpack({}, 1, 300))), (f(table.unpack(t, 1, 200)))) -- expect: 101	1
local ret = {}
for i = 1, 200 do ret[i] = tostring(i) end
print(select("#", load("return " .. table.concat(ret, ","))())) -- expect: 200
