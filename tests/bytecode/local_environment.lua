local _ENV = {}
x = y
local function f() z = x end
