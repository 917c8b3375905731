local function where() local i = debug.getinfo(2, "nl") return i.name, i.namewhat, i.currentline end
local function caller() local n, w, l = where() return n, w, l end
print(caller()) -- expect: caller	local	2
local t = {m = function(self) local n, w = where() return n, w end}
print(t:m()) print((t.m())) -- expect: m	method
-- expect: m
print(debug.getinfo(100), debug.getinfo(0, "n").name) -- expect: nil	getinfo
print(pcall(debug.getinfo, 1, "X")) -- expect: false	bad argument #2 to 'debug.getinfo' (invalid option)
print(pcall(debug.getinfo, 1, ">")) -- expect: false	bad argument #2 to 'debug.getinfo' (invalid option '>')
print(pcall(debug.getinfo, "x")) -- expect: false	bad argument #1 to 'debug.getinfo' (number expected, got string)
print(pcall(debug.getinfo)) -- expect: false	bad argument #1 to 'debug.getinfo' (number expected, got no value)
print(next(debug.getinfo(1, ""))) -- expect: nil
local lines = {}
for l in pairs(debug.getinfo(caller, "L").activelines) do lines[#lines + 1] = l end
print(#lines >= 1) -- expect: true
local function tail() return debug.getinfo(1, "t").istailcall end
local function go() return tail() end
print(go(), (tail())) -- expect: true	false
print(debug.getinfo(-1 + 1, "S").what, pcall(debug.getinfo, -1)) -- expect: C	true	nil
