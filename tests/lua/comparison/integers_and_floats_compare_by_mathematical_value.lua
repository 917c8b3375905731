print(1 == 1.0, 1 < 1.5, 2 > 1.5, -1 < -0.5, 0 == -0.0) -- expect: true	true	true	true	true
local big = 2^53
print((1 << 53) == big, (1 << 53) + 1 == big, (1 << 53) + 1 > big, (1 << 53) + 1 <= big) -- expect: true	false	true	false
print(math.maxinteger < 2^63, math.maxinteger == 2^63, math.maxinteger + 0.0 == 2^63) -- expect: true	false	true
print(math.mininteger == -2^63, math.mininteger < -2^63, math.mininteger <= -2^63) -- expect: true	false	true
print(math.maxinteger >= 2^63, math.maxinteger > 2^63 - 1024, -2^63 >= math.mininteger) -- expect: false	true	true
print(1 < math.huge, 1 > -math.huge, math.maxinteger < math.huge, math.mininteger > -math.huge) -- expect: true	true	true	true
print(9007199254740993 < 9007199254740992.0, 9007199254740993 == 9007199254740992.0) -- expect: false	false
print(9007199254740991 < 9007199254740992.0, 9007199254740992.0 < 9007199254740993) -- expect: true	true
