local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
print(hex(string.pack("<d", 1.5)), hex(string.pack(">d", -2)), hex(string.pack("<f", 0.1)), hex(string.pack(">n", 3))) -- expect: 000000000000f83f	c000000000000000	cdcccc3d	4008000000000000
print(string.unpack("<d", string.pack("<d", 0.1)), string.unpack("<f", string.pack("<f", 0.1)), string.unpack("<f", string.pack("<f", 1e300)), string.unpack(">d", string.pack(">d", -math.huge))) -- expect: 0.1	0.10000000149012	inf	-inf	9
print(hex(string.pack("z", "abc")), hex(string.pack("<s2", "hi")), hex(string.pack("s1", "")), hex(string.pack("c5", "ab")), hex(string.pack("<s", "x"))) -- expect: 61626300	02006869	00	6162000000	010000000000000078
print(string.unpack("z", "abc\0def"), string.unpack("<s2", "\2\0hix"), string.unpack("c3", "abcdef"), string.unpack("z", "\0"), string.unpack("s1", "\0")) -- expect: abc	hi	abc			2
print(pcall(string.pack, "z", "a\0b")) print(pcall(string.pack, "c2", "abc")) print(pcall(string.pack, "s1", ("x"):rep(256))) print(pcall(string.pack, "c", "x")) -- expect: false	bad argument #2 to 'string.pack' (string contains zeros)
-- expect: false	bad argument #2 to 'string.pack' (string longer than given size)
-- expect: false	bad argument #2 to 'string.pack' (string length does not fit in given size)
-- expect: false	missing size for format option 'c'
print(pcall(string.unpack, "z", "no end")) print(pcall(string.unpack, "<s2", "\5\0hi")) print(pcall(string.unpack, "c5", "abc")) print(pcall(string.unpack, "d", "short")) -- expect: false	bad argument #2 to 'string.unpack' (unfinished string for format 'z')
-- expect: false	bad argument #2 to 'string.unpack' (data string too short)
-- expect: false	bad argument #2 to 'string.unpack' (data string too short)
-- expect: false	bad argument #2 to 'string.unpack' (data string too short)
local nan = string.unpack("<d", "\1\2\3\4\5\6\xf7\xff")
print(nan ~= nan, type(nan), string.unpack("<d", "\0\0\0\0\0\0\xf8\xff") == nil) -- expect: true	number	false
