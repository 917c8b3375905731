print(5.0 & 3, 2^53 | 0, 1.0 << 2, ~3.0, 7 ~ 2.0) -- expect: 1	9007199254740992	4	-4	5
print(-0.0 | 0, 2^62 | 0, -2^63 | 0) -- expect: 0	4611686018427387904	-9223372036854775808
print(pcall(function() return 1.5 | 0 end)) -- expect: false	floats_with_integer_values_are_accepted.lua:3: number has no integer representation
print(pcall(function() return 1 & 2^63 end)) -- expect: false	floats_with_integer_values_are_accepted.lua:4: number has no integer representation
print(pcall(function() return 1 << 0.5 end)) -- expect: false	floats_with_integer_values_are_accepted.lua:5: number has no integer representation
print(pcall(function() return ~(1/0) end)) -- expect: false	floats_with_integer_values_are_accepted.lua:6: number has no integer representation
print(pcall(function() return 3 ~ (0/0) end)) -- expect: false	floats_with_integer_values_are_accepted.lua:7: number has no integer representation
print(pcall(function() local x = 2.5 return x | 1 end)) -- expect: false	floats_with_integer_values_are_accepted.lua:8: number (local 'x') has no integer representation
print(pcall(function() local t = {x = 2.5} return 1 | t.x end)) -- expect: false	floats_with_integer_values_are_accepted.lua:9: number (field 'x') has no integer representation
