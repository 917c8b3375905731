print(math.abs(-5), math.abs(5.5), math.abs(-0.0), math.abs(math.mininteger), math.abs(-math.huge)) -- expect: 5	5.5	0.0	-9223372036854775808	inf
print(math.max(1, 2.5), math.max(2, 1), math.max(1), math.max(1, 1.0), math.max(1.0, 1)) -- expect: 2.5	2	1	1	1.0
print(math.min(1, 2.5), math.min(-1, -1.5), math.min(3, 3.0)) -- expect: 1	-1.5	3
print(pcall(math.max, "10", 9)) print(pcall(math.max)) print(pcall(math.min)) -- expect: false	attempt to compare string with number
-- expect: false	bad argument #1 to 'math.max' (value expected)
-- expect: false	bad argument #1 to 'math.min' (value expected)
print(pcall(math.max, 1, "x")) print(pcall(math.max, nil)) -- expect: false	attempt to compare number with string
-- expect: true	nil
print(math.max(math.maxinteger, 2^53), math.min(math.mininteger, -2^53), math.max(1, math.huge, -math.huge)) -- expect: 9223372036854775807	-9223372036854775808	inf
