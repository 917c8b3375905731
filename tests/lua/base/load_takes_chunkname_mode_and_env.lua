print(load("return 1", "name", "t")()) -- expect: 1
print(load("return 1", "name", "b")) -- expect: nil	attempt to load a text chunk (mode is 'b')
print(load("return 1", "=name", "x")) -- expect: nil	attempt to load a text chunk (mode is 'x')
print(load(string.dump(function() return 5 end), "d", "b")()) -- expect: 5
print(load(string.dump(function() return 5 end), "=d", "t")) -- expect: nil	attempt to load a binary chunk (mode is 't')
print(load("return x", "c", "t", {x = "from env"})()) -- expect: from env
print(load("x = 1; return _ENV", "c", "bt", {}) ().x) -- expect: 1
print(pcall(load)) -- expect: false	bad argument #1 to 'load' (function expected, got no value)
print(pcall(load, {})) -- expect: false	bad argument #1 to 'load' (function expected, got table)
print(pcall(load, 5)) -- expect: true	nil	[string "5"]:1: unexpected symbol near '5'
print(pcall(load, "x", {})) -- expect: false	bad argument #2 to 'load' (string expected, got table)
print(load("syntax error", "=(mychunk)")) -- expect: nil	(mychunk):1: syntax error near 'error'
print(load("syntax error", "@file.lua")) -- expect: nil	file.lua:1: syntax error near 'error'
print(load("syntax error", "text\nmore")) -- expect: nil	[string "text..."]:1: syntax error near 'error'
