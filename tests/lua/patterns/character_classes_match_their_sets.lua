local all = {}
for i = 0, 127 do all[#all + 1] = string.char(i) end
local s = table.concat(all)
for _, c in ipairs {"%a", "%c", "%d", "%g", "%l", "%p", "%s", "%u", "%w", "%x"} do
  local _, n = s:gsub(c, "")
  local _, m = s:gsub(c:upper(), "")
  print(c, n, m) -- expect: %a	52	76
  -- expect: %c	33	95
  -- expect: %d	10	118
  -- expect: %g	94	34
  -- expect: %l	26	102
  -- expect: %p	32	96
  -- expect: %s	6	122
  -- expect: %u	26	102
  -- expect: %w	62	66
  -- expect: %x	22	106
end
print(("\u{e9}\xff"):find("%a"), ("\xff"):find("%W"), ("a_b"):match("%w+"), (" \t\n\v\f\r"):match("^%s+$") ~= nil) -- expect: nil	1	a	true
print(("a.b%c"):gsub("%p", "X"), ("x^y"):find("%^"), ("[a]"):match("%[(.)%]"), ("a-b"):match("a%-b")) -- expect: aXbXc	2	a	a-b
