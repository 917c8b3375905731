-- utf8 library over mixed scripts and broken sequences.
local texts = {"", "plain", "caf\u{e9}", "\u{3b1}\u{3b2}\u{3b3}", "\u{65e5}\u{672c}\u{8a9e}", "\u{1F600}x\u{1F601}", "a\u{300}e\u{301}", "\u{0}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}"}
for _, s in ipairs(texts) do
  local codes = {}
  for p, c in utf8.codes(s) do codes[#codes + 1] = ("%d:%x"):format(p, c) end
  print(#s, utf8.len(s), table.concat(codes, " "))
  local back = {}
  for _, c in utf8.codes(s) do back[#back + 1] = c end
  print(utf8.char(table.unpack(back)) == s, select("#", utf8.codepoint(s, 1, -1)))
  local chars = {}
  for c in s:gmatch(utf8.charpattern) do chars[#chars + 1] = #c end
  print(table.concat(chars, ","))
  local n = utf8.len(s)
  for i = -n - 1, n + 2 do io.write(tostring(utf8.offset(s, i)), " ") end
  print()
  for i = 1, #s + 1 do io.write(tostring(utf8.offset(s, 0, i)), " ") end
  print()
  local rev = {}
  for _, c in utf8.codes(s) do table.insert(rev, 1, utf8.char(c)) end
  print(utf8.len(table.concat(rev)), #table.concat(rev) == #s)
end
local broken = {"\x80", "a\x80", "\xc3", "\xc3(", "\xe2\x82", "\xe2\x82(", "\xf0\x9f\x98", "\xff", "\xfe\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "ok\xe2"}
for _, s in ipairs(broken) do
  local function h(x) return (x:gsub("[\x80-\xff]", function(c) return ("<%02x>"):format(c:byte()) end)) end
  print(h(s), utf8.len(s))
  print("", utf8.len(s, 1, -1, true))
  print("", pcall(utf8.codepoint, s, 1, -1))
  print("", pcall(utf8.codepoint, s, 1, 1, true))
  if not s:find("^a?\x80") then print("", select(2, pcall(function() for _ in utf8.codes(s) do end return "fine" end))) end
end
for _, c in ipairs {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd800, 0xffff, 0x10000, 0x10ffff, 0x110000, 0x1fffff, 0x200000, 0x3ffffff, 0x4000000, 0x7fffffff} do
  local s = utf8.char(c)
  print(("%x %d %s"):format(c, #s, s:gsub(".", function(b) return ("%02x"):format(b:byte()) end)), utf8.len(s), (utf8.len(s, 1, -1, true)), pcall(utf8.codepoint, s, 1, 1, true))
end
for i = 1, 12 do print(i, pcall(utf8.offset, "a\u{e9}\u{20ac}\u{1F600}", 1, i)) end
for _, args in ipairs {{"abc", 1, 4}, {"abc", 4}, {"abc", 0}, {"abc", -3}, {"abc", -4}, {"abc", 2, 1}, {"abc", 1, -1}, {"", 1}, {"", 1, 0}} do
  print(#args, pcall(utf8.len, table.unpack(args)))
  print("", pcall(utf8.codepoint, table.unpack(args)))
end
