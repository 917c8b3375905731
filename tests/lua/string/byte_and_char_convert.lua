print(("ABC"):byte(), ("ABC"):byte(2), ("ABC"):byte(-1), ("ABC"):byte(1, -1)) -- expect: 65	66	67	65	66	67
print(select("#", ("ABC"):byte(10)), select("#", (""):byte()), select("#", ("ABC"):byte(3, 2)), ("ABC"):byte(0, 2)) -- expect: 0	0	0	65	66
print(string.char(72, 105), string.char() == "", #string.char(0, 0, 0), string.char(255):byte()) -- expect: Hi	true	3	255
print(pcall(string.char, 256)) print(pcall(string.char, -1)) print(pcall(string.char, "x")) print(pcall(string.char, 65, 1.5)) -- expect: false	bad argument #1 to 'string.char' (value out of range)
-- expect: false	bad argument #1 to 'string.char' (value out of range)
-- expect: false	bad argument #1 to 'string.char' (number expected, got string)
-- expect: false	bad argument #2 to 'string.char' (number has no integer representation)
print(string.char(("hello"):byte(1, -1))) -- expect: hello
