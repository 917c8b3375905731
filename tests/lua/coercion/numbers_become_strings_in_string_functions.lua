print(string.len(123), string.len(1.5), string.upper(0x1F), string.rep(7, 3)) -- expect: 3	3	31	777
print(string.sub(12345, 2, 3), string.find(12345, 34), string.format("%s", 10)) -- expect: 23	3	10
print(table.concat({1, 2.5, "x"}, 0)) -- expect: 102.50x
print(("a"):rep(2, 1), #tostring(1e100), (12 .. ""):reverse()) -- expect: a1a	6	21
print(pcall(function() return (5):foo() end)) -- expect: false	numbers_become_strings_in_string_functions.lua:5: attempt to index a number value
print(pcall(function() local n = 5 return n.x end)) -- expect: false	numbers_become_strings_in_string_functions.lua:6: attempt to index a number value (local 'n')
