print(string.format("%q", "plain"), string.format("%q", 'say "hi"'), string.format("%q", "back\\slash")) -- expect: "plain"	"say \"hi\""	"back\\slash"
print(string.format("%q", "new\nline"), string.format("%q", "tab\t"), string.format("%q", "\0zero\0001\r\200\27")) -- expect: "new\
-- expect: line"	"tab\9"	"\0zero\0001\13È\27"
print(string.format("%q", 42), string.format("%q", -7), string.format("%q", math.mininteger), string.format("%q", 0.5), string.format("%q", 1e100)) -- expect: 42	-7	0x8000000000000000	0x1p-1	0x1.249ad2594c37dp+332
print(string.format("%q", math.huge), string.format("%q", -math.huge), string.format("%q", 3.0), string.format("%q", -0.0)) -- expect: 1e9999	-1e9999	0x1.8p+1	-0x0p+0
print(string.format("%q", true), string.format("%q", nil), string.format("%q %q", 1, "x"), string.format("%q", 0/0)) -- expect: true	nil	1 "x"	(0/0)
print(pcall(string.format, "%q", {})) print(pcall(string.format, "%q", print)) print(pcall(string.format, "%10q", "x")) print(pcall(string.format, "%q")) -- expect: false	bad argument #2 to 'string.format' (value has no literal form)
-- expect: false	bad argument #2 to 'string.format' (value has no literal form)
-- expect: false	specifier '%q' cannot have modifiers
-- expect: false	bad argument #2 to 'string.format' (no value)
local s = "every\0byte\1\0019\r\n\\\"\200"
print(load("return " .. string.format("%q", s))() == s, load("return " .. string.format("%q", 0.1))() == 0.1) -- expect: true	true
