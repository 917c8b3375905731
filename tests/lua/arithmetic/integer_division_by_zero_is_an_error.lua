print(pcall(function() return 1 // 0 end)) -- expect: false	integer_division_by_zero_is_an_error.lua:1: attempt to divide by zero
print(pcall(function() return 1 % 0 end)) -- expect: false	integer_division_by_zero_is_an_error.lua:2: attempt to perform 'n%0'
print(pcall(function() local a, b = 5, 0 return a // b end)) -- expect: false	integer_division_by_zero_is_an_error.lua:3: attempt to divide by zero
print(pcall(function() local a, b = 5, 0 return a % b end)) -- expect: false	integer_division_by_zero_is_an_error.lua:4: attempt to perform 'n%0'
print(1 // 0.0, pcall(function() return 0 // 0 end)) -- expect: inf	false	integer_division_by_zero_is_an_error.lua:5: attempt to divide by zero
print(pcall(load "return 7 // 0")) -- expect: false	[string "return 7 // 0"]:1: attempt to divide by zero
print(pcall(load "local z <const> = 0 return 7 % z")) -- expect: false	[string "local z <const> = 0 return 7 % z"]:1: attempt to perform 'n%0'
