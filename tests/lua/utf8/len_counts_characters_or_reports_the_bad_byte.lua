print(utf8.len(""), utf8.len("abc"), utf8.len("aé€😀"), utf8.len("aé€😀", 2), utf8.len("aé€😀", 4), utf8.len("aé€😀", -4)) -- expect: 0	3	4	3	2	1
print(utf8.len("abc\xff"), utf8.len("\x80abc"), utf8.len("a\xc3"), utf8.len("\xed\xa0\x80"), utf8.len("\xed\xa0\x80", 1, -1, true)) -- expect: nil	nil	nil	nil	1
print(utf8.len("\xf4\x90\x80\x80"), utf8.len("\xf4\x90\x80\x80", 1, -1, true), utf8.len("\xc0\x80"), utf8.len("\xe0\x80\x80")) -- expect: nil	1	nil	nil	1
print(utf8.len("abc", 4), utf8.len("abc", 1, 2), utf8.len("abc", 3, 2), utf8.len("abc", -1), utf8.len("aé", 3)) -- expect: 0	2	0	1	nil	3
print(pcall(utf8.len, "abc", 5)) print(pcall(utf8.len, "abc", 0)) print(pcall(utf8.len, "abc", 1, 4)) print(pcall(utf8.len)) print(pcall(utf8.len, {})) -- expect: false	bad argument #2 to 'utf8.len' (initial position out of bounds)
-- expect: false	bad argument #2 to 'utf8.len' (initial position out of bounds)
-- expect: false	bad argument #3 to 'utf8.len' (final position out of bounds)
-- expect: false	bad argument #1 to 'utf8.len' (string expected, got no value)
-- expect: false	bad argument #1 to 'utf8.len' (string expected, got table)
