print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger(2^53), math.tointeger(2^63), math.tointeger(-2^63)) -- expect: 3	nil	9007199254740992	nil	-9223372036854775808
print(math.tointeger("8"), math.tointeger("8.0"), math.tointeger("x"), math.tointeger({}), math.tointeger(math.huge)) -- expect: 8	8	nil	nil	nil
print(math.tointeger(5), math.tointeger(-0.0), pcall(math.tointeger)) -- expect: 5	0	false	bad argument #1 to 'math.tointeger' (value expected)
print(math.ult(1, 2), math.ult(-1, 2), math.ult(2, -1), math.ult(-2, -1), math.ult(0, 0)) -- expect: true	false	true	true	false
print(pcall(math.ult, 1.5, 2)) print(pcall(math.ult, 1)) -- expect: false	bad argument #1 to 'math.ult' (number has no integer representation)
-- expect: false	bad argument #2 to 'math.ult' (number expected, got no value)
