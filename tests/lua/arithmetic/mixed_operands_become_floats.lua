print(1 + 1.0, 2 * 0.5, 3 - 1.5, 10 // 3.0, 10 % 3.0) -- expect: 2.0	1.0	1.5	3.0	1.0
print(2^53 + 1, (1 << 53) + 1, (1 << 53) + 1.0) -- expect: 9.007199254741e+15	9007199254740993	9.007199254741e+15
print(math.maxinteger + 0.0, math.maxinteger + 1.0 == 2^63) -- expect: 9.2233720368548e+18	true
print(1 + 0.1, 0.1 + 0.2 == 0.3, 1e308 + 1e308) -- expect: 1.1	false	inf
local i, x = 3, 0.5
print(i + x, x + i, i - x, x - i, i * x, x * i, i / x, x / i) -- expect: 3.5	3.5	2.5	-2.5	1.5	1.5	6.0	0.16666666666667
print(i % x, x % i, i // x, x // i, i ^ x == x ^ i) -- expect: 0.0	0.5	6.0	0.0	false
print(i + 1, i + 1.0, x + 1, 1 - i, 1 - x, 2 * i, 2 * x, 2.0 * i) -- expect: 4	4.0	1.5	-2	0.5	6	1.0	6.0
