print(-5, -5.0, - -5, -(-5.5)) -- expect: -5	-5.0	5	5.5
print(-0, -0.0, 0 - 0.0, -(0)) -- expect: 0	-0.0	0.0	0
print(1 / -0.0, 1 / (0 * -1.0), 1 / (-0)) -- expect: -inf	-inf	inf
print(math.type(-5), math.type(-5.0)) -- expect: integer	float
print(-"2", -"2.0", -"0x10", - "-7") -- expect: -2	-2.0	-16	7
print(-math.mininteger == math.mininteger, -math.maxinteger) -- expect: true	-9223372036854775807
local z = 0.0
print(-z, 1 / -z) -- expect: -0.0	-inf
