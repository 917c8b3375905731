local s = "aé€😀z"
for i = 1, 6 do io.write(tostring(utf8.offset(s, i)), " ") end print() -- expect: 1 2 4 7 11 12
for i = -1, -6, -1 do io.write(tostring(utf8.offset(s, i)), " ") end print() -- expect: 11 7 4 2 1 nil
print(utf8.offset(s, 0, 3), utf8.offset(s, 0, 4), utf8.offset(s, 0, 9), utf8.offset(s, 2, 4), utf8.offset(s, -1, 4), utf8.offset("", 1), utf8.offset("", 0), utf8.offset("", -1)) -- expect: 2	4	7	7	2	1	1	nil
print(utf8.offset("abc", 5), utf8.offset("abc", 4), utf8.offset("abc", 1, 4), utf8.offset("abc", -4)) -- expect: nil	4	4	nil
print(pcall(utf8.offset, s, 1, 3)) print(pcall(utf8.offset, s, 1, 20)) print(pcall(utf8.offset, s, -1, 3)) print(pcall(utf8.offset, s)) print(pcall(utf8.offset, "abc", 1, -5)) -- expect: false	initial position is a continuation byte
-- expect: false	bad argument #3 to 'utf8.offset' (position out of bounds)
-- expect: false	initial position is a continuation byte
-- expect: false	bad argument #2 to 'utf8.offset' (number expected, got no value)
-- expect: false	bad argument #3 to 'utf8.offset' (position out of bounds)
