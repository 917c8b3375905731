local inf = math.huge
print(inf + inf, inf * -1, inf + 1 == inf, -inf < inf) -- expect: inf	-inf	true	true
local n1, n2 = inf - inf, inf * 0
print(n1 ~= n1, n2 ~= n2) -- expect: true	true
print(0.1 + 0.2, 1 - 0.9, 1e16 + 1, 1e15 + 1) -- expect: 0.3	0.1	1e+16	1e+15
print(0.0 == -0.0, 1 / 0.0 == 1 / -0.0) -- expect: true	false
print(5e-324 / 2, 5e-324 * 1, 1.7976931348623157e308 * 10) -- expect: 0.0	4.9406564584125e-324	inf
print(string.format("%.17g %.17g", 0.1, 1 / 3)) -- expect: 0.10000000000000001 0.33333333333333331
