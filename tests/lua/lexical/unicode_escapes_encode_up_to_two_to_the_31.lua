local function bytes(s) return table.concat({s:byte(1, -1)}, " ") end
print(bytes("\u{0}"), bytes("\u{7F}"), bytes("\u{80}")) -- expect: 0	127	194 128
print(bytes("\u{7FF}"), bytes("\u{800}"), bytes("\u{FFFF}")) -- expect: 223 191	224 160 128	239 191 191
print(bytes("\u{10000}"), bytes("\u{10FFFF}")) -- expect: 240 144 128 128	244 143 191 191
print(bytes("\u{1FFFFF}"), bytes("\u{200000}")) -- expect: 247 191 191 191	248 136 128 128 128
print(bytes("\u{3FFFFFF}"), bytes("\u{4000000}"), bytes("\u{7FFFFFFF}")) -- expect: 251 191 191 191 191	252 132 128 128 128 128	253 191 191 191 191 191
print(bytes("\u{00000000000041}")) -- expect: 65
print(load([[return "\u{80000000}"]])) -- expect: nil	[string "return "\u{80000000}""]:1: UTF-8 value too large near '"\u{80000000'
print(load([[return "\u{}"]])) -- expect: nil	[string "return "\u{}""]:1: hexadecimal digit expected near '"\u{}'
print(load([[return "\u41"]])) -- expect: nil	[string "return "\u41""]:1: missing '{' near '"\u4'
print(load([[return "\u{41"]])) -- expect: nil	[string "return "\u{41""]:1: missing '}' near '"\u{41"'
