print(math.floor(3.7), math.floor(-3.7), math.floor(5), math.ceil(3.2), math.ceil(-3.2), math.ceil(5)) -- expect: 3	-4	5	4	-3	5
print(math.floor(1e15 + 0.5), math.floor(2^53), math.floor(1e300), math.ceil(-1e300)) -- expect: 1000000000000000	9007199254740992	1e+300	-1e+300
print(math.floor(math.huge), math.ceil(-math.huge), math.type(math.floor(3.0))) -- expect: inf	-inf	integer
print(math.floor("3.7"), math.floor(-0.0), math.ceil(-0.5)) -- expect: 3	0	0
print(math.floor(2^62), math.floor(2^63), math.floor(-2^63), math.ceil(2^63 - 1024)) -- expect: 4611686018427387904	9.2233720368548e+18	-9223372036854775808	9223372036854774784
print(pcall(math.floor, {})) print(pcall(math.ceil)) -- expect: false	bad argument #1 to 'math.floor' (number expected, got table)
-- expect: false	bad argument #1 to 'math.ceil' (number expected, got no value)
