print(math.sqrt(16), math.sqrt(2), math.sqrt(0), math.sqrt(-1) ~= math.sqrt(-1), math.sqrt("9")) -- expect: 4.0	1.4142135623731	0.0	true	3.0
print(math.exp(0), math.exp(1), math.exp(-math.huge), math.exp(710)) -- expect: 1.0	2.718281828459	0.0	inf
print(math.log(1), math.log(math.exp(1)), math.log(8, 2), math.log(100, 10), math.log(27, 3), math.log(2, 4)) -- expect: 0.0	1.0	3.0	2.0	3.0	0.5
print(math.log(0), math.log(-1) ~= math.log(-1), math.log(1024, 2), math.log(1000, 10), math.log(0.5, 2)) -- expect: -inf	true	10.0	3.0	-1.0
print(pcall(math.sqrt)) print(pcall(math.log, "x")) -- expect: false	bad argument #1 to 'math.sqrt' (number expected, got no value)
-- expect: false	bad argument #1 to 'math.log' (number expected, got string)
