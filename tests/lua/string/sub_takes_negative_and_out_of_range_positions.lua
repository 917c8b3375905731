local s = "hello"
print(s:sub(2), s:sub(2, 3), s:sub(-3), s:sub(-3, -2), s:sub(2, -2)) -- expect: ello	el	llo	ll	ell
print(s:sub(0), s:sub(-100, 2), s:sub(4, 100), s:sub(3, 2) == "", s:sub(6) == "", s:sub(5, 5)) -- expect: hello	he	lo	true	true	o
print(s:sub(math.mininteger, math.maxinteger), s:sub(math.maxinteger) == "", s:sub(1, math.mininteger) == "") -- expect: hello	true	true
print(("a\0b\0c"):sub(2, 4):byte(1, -1)) -- expect: 0	98	0
print(("").sub("x", 1, 1), s:sub("2", "3"), s:sub(2.0)) -- expect: x	el	ello
print(pcall(string.sub)) print(pcall(string.sub, "x")) print(pcall(string.sub, "x", {})) print(pcall(string.sub, "x", 1.5)) -- expect: false	bad argument #1 to 'string.sub' (string expected, got no value)
-- expect: false	bad argument #2 to 'string.sub' (number expected, got no value)
-- expect: false	bad argument #2 to 'string.sub' (number expected, got table)
-- expect: false	bad argument #2 to 'string.sub' (number has no integer representation)
