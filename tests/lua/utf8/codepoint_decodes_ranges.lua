print(utf8.codepoint("aé€😀", 1, -1), utf8.codepoint("abc"), utf8.codepoint("abc", 2), utf8.codepoint("abc", -1), utf8.codepoint("é", 1)) -- expect: 97	97	98	99	233
print(select("#", utf8.codepoint("abc", 3, 2)), utf8.codepoint("\u{7fffffff}", 1, 1, true), utf8.codepoint("\xed\xa0\x80", 1, 1, true)) -- expect: 0	2147483647	55296
print(pcall(utf8.codepoint, "\xff")) print(pcall(utf8.codepoint, "é", 2)) print(pcall(utf8.codepoint, "abc", 4)) print(pcall(utf8.codepoint, "abc", 1, 4)) print(pcall(utf8.codepoint, "\xed\xa0\x80")) -- expect: false	invalid UTF-8 code
-- expect: false	invalid UTF-8 code
-- expect: false	bad argument #3 to 'utf8.codepoint' (out of bounds)
-- expect: false	bad argument #3 to 'utf8.codepoint' (out of bounds)
-- expect: false	invalid UTF-8 code
print(pcall(utf8.codepoint, "")) print(pcall(utf8.codepoint, "\u{200000}")) -- expect: false	bad argument #3 to 'utf8.codepoint' (out of bounds)
-- expect: false	invalid UTF-8 code
