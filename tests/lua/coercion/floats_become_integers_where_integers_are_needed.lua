print(("x"):rep(3.0), ("abc"):sub(2.0, 3.0), ("abc"):byte(1.0)) -- expect: xxx	bc	97
print(pcall(string.rep, "x", 1.5)) -- expect: false	bad argument #2 to 'string.rep' (number has no integer representation)
print(pcall(string.rep, "x", "2.5")) -- expect: false	bad argument #2 to 'string.rep' (number has no integer representation)
print(pcall(string.rep, "x", 2^63)) -- expect: false	bad argument #2 to 'string.rep' (number has no integer representation)
print(pcall(string.rep, "x", 0/0)) -- expect: false	bad argument #2 to 'string.rep' (number has no integer representation)
print(("x"):rep("3"), ("x"):rep("0x2"), ("x"):rep("3.0")) -- expect: xxx	xx	xxx
print(select(2.0, "a", "b"), table.concat({1, 2, 3}, "-", 2.0)) -- expect: b	2-3
print(pcall(math.random, 1.5)) -- expect: false	bad argument #1 to 'math.random' (number has no integer representation)
print(string.char("65", 66.0)) -- expect: AB
