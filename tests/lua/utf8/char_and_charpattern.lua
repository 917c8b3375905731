print(utf8.char(72, 228, 8364, 128512), utf8.char() == "", utf8.char(0):byte(), #utf8.char(0x7fffffff), utf8.char(65)) -- expect: Hä€😀	true	0	6	A
print(utf8.charpattern == "[\0-\x7F\xC2-\xFD][\x80-\xBF]*", #utf8.charpattern) -- expect: true	14
for c in ("aé€😀"):gmatch(utf8.charpattern) do io.write(#c, " ") end print() -- expect: 1 2 3 4
print(pcall(utf8.char, -1)) print(pcall(utf8.char, 0x80000000)) print(pcall(utf8.char, "x")) print(pcall(utf8.char, 1.5)) -- expect: false	bad argument #1 to 'utf8.char' (value out of range)
-- expect: false	bad argument #1 to 'utf8.char' (value out of range)
-- expect: false	bad argument #1 to 'utf8.char' (number expected, got string)
-- expect: false	bad argument #1 to 'utf8.char' (number has no integer representation)
