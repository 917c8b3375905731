print(("hello world"):find("wor"), ("hello"):find("l"), ("hello"):find("xyz"), ("hello"):find("")) -- expect: 7	3	nil	1	0
print(("hello"):find("l", 4), ("hello"):find("l", 5), ("hello"):find("", 6), ("hello"):find("", 7), ("hello"):find("h", -5)) -- expect: 4	nil	6	nil	1	1
print(("hello"):find("(l)(l)"), ("key=val"):find("(%w+)=(%w+)"), ("abc"):find("()b()")) -- expect: 3	1	2	2	2	3
print(("a.b"):find(".", 1, true), ("a.b"):find("%."), ("a+b"):find("+", 1, true), ("abc"):find("b", 1, true), ("abc"):find("", 10, true)) -- expect: 2	2	2	2	nil
print(("hello"):find("l", -2), ("hello"):find("^h"), ("hello"):find("^e"), ("hello"):find("o$"), ("hello"):find("^hello$")) -- expect: 4	1	nil	5	1	5
print(("a\0b\0c"):find("\0"), ("a\0b"):find("%z"), ("a\0b"):find("b", 1, true)) -- expect: 2	2	3	3
print(pcall(string.find, "x")) print(pcall(string.find, "x", "x", {})) -- expect: false	bad argument #2 to 'string.find' (string expected, got no value)
-- expect: false	bad argument #3 to 'string.find' (number expected, got table)
