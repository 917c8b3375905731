local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
print(hex(string.pack("b", -1)), hex(string.pack("B", 255)), hex(string.pack("<h", 258)), hex(string.pack(">h", 258)), hex(string.pack("=H", 1))) -- expect: ff	ff	0201	0102	0100
print(hex(string.pack("<i4", -2)), hex(string.pack(">I4", 0xdeadbeef)), hex(string.pack("<i3", -3)), hex(string.pack(">i7", 1)), hex(string.pack("<j", -1))) -- expect: feffffff	deadbeef	fdffff	00000000000001	ffffffffffffffff
print(hex(string.pack("<l", 1)), hex(string.pack("<J", 1)), hex(string.pack("<T", 5)), hex(string.pack("<i16", -1)), hex(string.pack(">I16", 7))) -- expect: 0100000000000000	0100000000000000	0500000000000000	ffffffffffffffffffffffffffffffff	00000000000000000000000000000007
print(string.unpack("b", "\xff"), string.unpack("B", "\xff"), string.unpack("<i2", "\xfe\xff"), string.unpack(">I2", "\x01\x02"), string.unpack("<i16", ("\xff"):rep(16))) -- expect: -1	255	-2	258	-1	17
print(string.unpack("<I3", "\1\2\3"), string.unpack("<i8", ("\0"):rep(7) .. "\x80"), string.unpack("<j", string.pack("<j", math.mininteger))) -- expect: 197121	-9223372036854775808	-9223372036854775808	9
print(pcall(string.pack, "b", 128)) print(pcall(string.pack, "B", 256)) print(pcall(string.pack, "B", -1)) print(pcall(string.pack, "i1", -129)) print(pcall(string.pack, "I2", 65536)) -- expect: false	bad argument #2 to 'string.pack' (integer overflow)
-- expect: false	bad argument #2 to 'string.pack' (unsigned overflow)
-- expect: false	bad argument #2 to 'string.pack' (unsigned overflow)
-- expect: false	bad argument #2 to 'string.pack' (integer overflow)
-- expect: false	bad argument #2 to 'string.pack' (unsigned overflow)
print(pcall(string.pack, "i17", 1)) print(pcall(string.pack, "i0", 1)) print(pcall(string.unpack, "<i16", ("\1"):rep(16))) print(pcall(string.pack, "i", 2^40)) print(pcall(string.pack, "i", "x")) -- expect: false	integral size (17) out of limits [1,16]
-- expect: false	integral size (0) out of limits [1,16]
-- expect: false	16-byte integer does not fit into Lua Integer
-- expect: false	bad argument #2 to 'string.pack' (integer overflow)
-- expect: false	bad argument #2 to 'string.pack' (number expected, got string)
