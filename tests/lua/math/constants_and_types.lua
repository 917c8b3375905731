print(math.pi, math.huge, -math.huge, math.maxinteger, math.mininteger) -- expect: 3.1415926535898	inf	-inf	9223372036854775807	-9223372036854775808
print(math.type(1), math.type(1.0), math.type("1"), math.type(nil), pcall(math.type)) -- expect: integer	float	nil	nil	false	bad argument #1 to 'math.type' (value expected)
print(math.maxinteger + 1 == math.mininteger, math.mininteger - 1 == math.maxinteger) -- expect: true	true
print(string.format("%.14f", math.pi)) -- expect: 3.14159265358979
