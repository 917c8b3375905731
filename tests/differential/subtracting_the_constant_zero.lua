-- x - 0, with the integer written there, is x + 0 for a float: -0.0 becomes 0.0.
-- Everything else about it is a subtraction.
local z = -0.0
local t = {z=z}
print(1/(z-0), 1/(t.z-0), 1/(z-0.0), 1/(0-z), 1/(0.0-z))
print(1/(-0.0 - 0), 1/((-0.0) - 0))
local k <const> = 0
local kf <const> = 0.0
print(1/(z-k), 1/(z-kf), 1/(z - -0), 1/(z + 0), 1/(z + 0.0), 1/(z + -0.0), 1/(z - -0.0))
local zero = 0
print(1/(z-zero))
up = function() return 1/(z - 0), 1/(z-zero) end
print(up())
print(1/(z // 1), 1/(z*1), 1/(z%1), 1/(z/1), 1/(z-0-0))
local s = "-0.0"
print(pcall(function() return 1/(s - 0) end))
print(1/("-0.0" - 0), 1/(s-zero))
local m = setmetatable({}, {__sub = function(a, b) return "sub " .. math.type(b) .. tostring(b) end, __add=function() return "add" end})
print(m - 0, m - 0.0, m - 1, m-127, m-128)
print(1/(z - (1-1)), 1/(z-(0*5)), 1/(z-(0&1)), 1/(z-(2-2.0)), 1/(z- -(0)), 1/(z-0//1), 1/(z-0%5), 1/(z-~-1), 1/(z-(0<<3)))
print(z - 1, z - 127, z - 128, z - (-127), z-(-128))
for i = -130, 130 do local f = load("local x = ... return x - (" .. i .. ")") assert(f(2.5) == 2.5 - i) end
print(load"return 1/((...) - 0)"(-0.0))
z = z - 0 print(1/z)
local y = -0.0
y = y - 0
print(1/y)
if -0.0 - 0 == 0 then print "eq" end
print(string.format("%q", z - 0), -0.0 - 0, 0.0 - 0, -0.0-0 == 0)
