local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
print(hex(string.pack("<!4 b i4", 1, 2)), hex(string.pack("<!2 b i4", 1, 2)), hex(string.pack("<b x b", 1, 2)), hex(string.pack("<!8 b Xi8 b", 1, 2))) -- expect: 0100000002000000	010002000000	010002	010000000000000002
print(string.packsize("b i4"), string.packsize("!4 b i4"), string.packsize("!8 b d"), string.packsize("<i3 x c7"), string.packsize(""), string.packsize("!8 i1 Xd i1")) -- expect: 5	8	16	11	0	9
print(string.unpack("<!4 b i4", "\1\0\0\0\2\0\0\0"), string.unpack("<b x b", "\1\0\2")) -- expect: 1	1	2	4
print(pcall(string.pack, "!3 i4", 1)) print(pcall(string.pack, "!4 b i3", 1, 2)) print(pcall(string.pack, "Xz")) print(pcall(string.pack, "X")) print(pcall(string.pack, "!17 i4", 1)) -- expect: false	bad argument #1 to 'string.pack' (format asks for alignment not power of 2)
-- expect: false	bad argument #1 to 'string.pack' (format asks for alignment not power of 2)
-- expect: false	bad argument #1 to 'string.pack' (invalid next option for option 'X')
-- expect: false	bad argument #1 to 'string.pack' (invalid next option for option 'X')
-- expect: false	integral size (17) out of limits [1,16]
print(pcall(string.packsize, "s")) print(pcall(string.packsize, "z")) print(pcall(string.packsize, "y")) print(pcall(string.pack, "i4")) print(pcall(string.packsize, "c2147483647c2147483647")) -- expect: false	bad argument #1 to 'string.packsize' (variable-length format)
-- expect: false	bad argument #1 to 'string.packsize' (variable-length format)
-- expect: false	invalid format option 'y'
-- expect: false	bad argument #2 to 'string.pack' (number expected, got nil)
-- expect: false	invalid format option '7'
print(string.packsize("!"), string.packsize("i"), string.packsize("l"), string.packsize("j"), string.packsize("n"), string.packsize("h"), string.packsize("T")) -- expect: 0	4	8	8	8	2	8
