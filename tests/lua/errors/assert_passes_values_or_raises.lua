print(assert(1, 2, 3)) -- expect: 1	2	3
print(assert(true), select("#", assert(1, nil))) -- expect: true	2
print(pcall(assert, false)) -- expect: false	assertion failed!
print(pcall(assert, nil, "message")) -- expect: false	message
print(pcall(assert, false, {}) == false) -- expect: true
print(pcall(assert, false, 42)) -- expect: false	42
print(pcall(assert, false, nil)) -- expect: false	nil
print(pcall(assert)) -- expect: false	bad argument #1 to 'assert' (value expected)
print(pcall(function() assert(nil, "no position") end)) -- expect: false	assert_passes_values_or_raises.lua:9: no position
print(pcall(function() assert(1 == 2) end)) -- expect: false	assert_passes_values_or_raises.lua:10: assertion failed!
print(select("#", pcall(assert, false, nil)), select("#", pcall(assert, nil, 1, 2))) -- expect: 2	2
