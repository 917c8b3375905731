print(tonumber("10", 2), tonumber("ff", 16), tonumber("FF", 16), tonumber("zz", 36)) -- expect: 2	255	255	1295
print(tonumber("8", 8), tonumber("19", 9), tonumber("-101", 2), tonumber(" 11 ", 2)) -- expect: nil	nil	-5	3
print(tonumber("1.0", 10), tonumber("", 10), tonumber("1e1", 16), tonumber("- 1", 10)) -- expect: nil	nil	481	nil
print(tonumber("7fffffffffffffff", 16), tonumber("ffffffffffffffff", 16)) -- expect: 9223372036854775807	-1
print(tonumber("1" .. ("0"):rep(64), 2)) -- expect: 0
print(pcall(tonumber, 10, 10)) -- expect: false	bad argument #1 to 'tonumber' (string expected, got number)
print(pcall(tonumber, "10", 1)) -- expect: false	bad argument #2 to 'tonumber' (base out of range)
print(pcall(tonumber, "10", 37)) -- expect: false	bad argument #2 to 'tonumber' (base out of range)
print(pcall(tonumber, nil, 10)) -- expect: false	bad argument #1 to 'tonumber' (string expected, got nil)
print(pcall(tonumber, "10", "x")) -- expect: false	bad argument #2 to 'tonumber' (number expected, got string)
