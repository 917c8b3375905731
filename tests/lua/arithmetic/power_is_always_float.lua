print(2 ^ 2, 2 ^ 0.5, 2 ^ -1, (-2) ^ 2, -2 ^ 2) -- expect: 4.0	1.4142135623731	0.5	4.0	-4.0
print(0 ^ 0, 0 ^ 1, 10 ^ 2, 2 ^ 10, 2 ^ 53) -- expect: 1.0	0.0	100.0	1024.0	9.007199254741e+15
print(math.huge ^ 0, (-8) ^ (1 / 3) ~= (-8) ^ (1 / 3), 2 ^ 1024) -- expect: 1.0	true	inf
print(0.0 ^ -1, (-0.0) ^ -1, 1 ^ math.huge) -- expect: inf	-inf	1.0
print(2 ^ 3 ^ 2, (2 ^ 3) ^ 2) -- expect: 512.0	64.0
print(math.type(2 ^ 2)) -- expect: float
