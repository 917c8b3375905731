print(pcall(function() return math.fmod() end)) -- expect: false	fmod_checks_its_second_argument_first.lua:1: bad argument #2 to 'fmod' (number expected, got no value)
print(pcall(function() return math.fmod("x") end)) -- expect: false	fmod_checks_its_second_argument_first.lua:2: bad argument #2 to 'fmod' (number expected, got no value)
print(pcall(function() return math.fmod("x", 1) end)) -- expect: false	fmod_checks_its_second_argument_first.lua:3: bad argument #1 to 'fmod' (number expected, got string)
print(pcall(function() return math.fmod(1, {}) end)) -- expect: false	fmod_checks_its_second_argument_first.lua:4: bad argument #2 to 'fmod' (number expected, got table)
