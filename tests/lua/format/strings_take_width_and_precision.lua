print(string.format("[%s] [%10s] [%-10s] [%.2s] [%5.1s] [%.0s]", "abc", "abc", "abc", "abc", "abc", "abc")) -- expect: [abc] [       abc] [abc       ] [ab] [    a] []
print(string.format("%s %s %s %s", 1, 1.5, nil, true), string.format("%s", setmetatable({}, {__tostring = function() return "obj" end}))) -- expect: 1 1.5 nil true	obj
print(string.format("%c%c%c", 72, 105, 33), #string.format("%c", 0), string.format("[%5c] [%-3c]", 65, 66)) -- expect: Hi!	1	[    A] [B  ]
print(#string.format("%s", ("x"):rep(1000)), string.format("%s", "a\0b") == "a\0b", pcall(string.format, "%.3s", "a\0b"), #string.format("%s%s", "\0", "\0")) -- expect: 1000	true	false	2
print(string.format("%%"), string.format("100%%"), string.format(""), string.format("no directives"), string.format("%5s|%-5s|", "é", "é")) -- expect: %	100%		no directives	   é|é   |
print(pcall(string.format, "%s")) print(pcall(string.format, "%10s", "a\0b")) print(pcall(string.format, "%c", "x")) print(pcall(string.format, nil)) -- expect: false	bad argument #2 to 'string.format' (no value)
-- expect: false	bad argument #2 to 'string.format' (string contains zeros)
-- expect: false	bad argument #2 to 'string.format' (number expected, got string)
-- expect: false	bad argument #1 to 'string.format' (string expected, got nil)
print(string.format("%20s|%-20s|", "right", "left"), string.format("%99s", "x"):len(), string.format("%.99s", "abc")) -- expect:                right|left                |	99	abc
