print(table.concat({}), table.concat({1, 2, 3}), table.concat({"a", 1.5, "b"}, "-")) -- expect: 	123	a-1.5-b
print(table.concat({1, 2, 3, 4}, ",", 2), table.concat({1, 2, 3, 4}, ",", 2, 3), table.concat({1}, ",", 2)) -- expect: 2,3,4	2,3
print(table.concat({1, 2, 3}, ", ", 3, 3), "[" .. table.concat({1, 2}, ",", 3, 2) .. "]") -- expect: 3	[]
print(pcall(table.concat, {1, {}, 3})) -- expect: false	invalid value (table) at index 2 in table for 'concat'
print(pcall(table.concat, {1, 2}, ",", 1, 3)) -- expect: false	invalid value (nil) at index 3 in table for 'concat'
print(pcall(table.concat, {true})) -- expect: false	invalid value (boolean) at index 1 in table for 'concat'
print(pcall(table.concat, {1}, {})) -- expect: false	bad argument #2 to 'table.concat' (string expected, got table)
print(table.concat({[math.maxinteger] = "max"}, "", math.maxinteger, math.maxinteger)) -- expect: max
print(table.concat({"x", "y"}, 5)) -- expect: x5y
print(#table.concat({("x"):rep(1000), ("y"):rep(1000)}, ("-"):rep(100))) -- expect: 2100
