print(pcall(function() return 1, nil, 3, nil end)) -- expect: true	1	nil	3	nil
print(select("#", pcall(function() return nil, nil end)), select("#", pcall(function() end))) -- expect: 3	1
print(pcall(string.rep, "ab", 2)) -- expect: true	abab
print(pcall(pcall, pcall, error, "x")) -- expect: true	true	false	x
print(pcall(pcall)) -- expect: false	bad argument #1 to 'pcall' (value expected)
print(pcall(function() return pcall() end)) -- expect: false	pcall_returns_all_results.lua:6: bad argument #1 to 'pcall' (value expected)
print(pcall(42)) -- expect: false	attempt to call a number value
print(pcall({})) -- expect: false	attempt to call a table value
print(pcall(select, "#", 1, 2, 3)) -- expect: true	3
