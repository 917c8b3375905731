local s = string.pack("<i2 i2 i2", 1, 2, 3)
print(string.unpack("<i2", s), string.unpack("<i2", s, 3), string.unpack("<i2 i2", s, 3), string.unpack("<i2", s, -2)) -- expect: 1	2	2	3	7
print(string.unpack("", "x"), string.unpack("", "x", 2), select("#", string.unpack("<i2 i2 i2", s))) -- expect: 1	2	4
print(pcall(string.unpack, "<i2", s, 6)) print(pcall(string.unpack, "<i2", s, 8)) print(pcall(string.unpack, "<i2", s, -10)) print(pcall(string.unpack, "<i4", "abc")) -- expect: false	bad argument #2 to 'string.unpack' (data string too short)
-- expect: false	bad argument #3 to 'string.unpack' (initial position out of string)
-- expect: true	1	3
-- expect: false	bad argument #2 to 'string.unpack' (data string too short)
local pos, v = 1
local list = {}
while pos <= #s do v, pos = string.unpack("<i2", s, pos) list[#list + 1] = v end
print(table.concat(list, ","), pos) -- expect: 1,2,3	7
print(pcall(string.unpack)) print(pcall(string.unpack, "i4")) print(pcall(string.unpack, "q", "x")) -- expect: false	bad argument #1 to 'string.unpack' (string expected, got no value)
-- expect: false	bad argument #2 to 'string.unpack' (string expected, got no value)
-- expect: false	invalid format option 'q'
