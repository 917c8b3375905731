print(pcall(error, "msg")) -- expect: false	msg
print(pcall(function() error("msg") end)) -- expect: false	error_adds_the_position_of_the_caller.lua:2: msg
print(pcall(function() error("msg", 0) end)) -- expect: false	msg
print(pcall(function() error("msg", 1) end)) -- expect: false	error_adds_the_position_of_the_caller.lua:4: msg
local function check(x) error("bad x", 2) end
print(pcall(function() check() end)) -- expect: false	error_adds_the_position_of_the_caller.lua:6: bad x
local function deep() error("level 3", 3) end
local function mid() deep() end
print(pcall(function() mid() end)) -- expect: false	error_adds_the_position_of_the_caller.lua:9: level 3
print(pcall(function() error("too high", 50) end)) -- expect: false	too high
print(pcall(error, "direct", 1), pcall(error, "direct", 2)) -- expect: false	false	error_adds_the_position_of_the_caller.lua:11: direct
