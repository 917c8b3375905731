-- The pattern functions could keep something there that they rely on.
for _, f in ipairs {string.find, string.gsub, string.gmatch, string.match,
  print, table.sort} do
  for i = 1, 8 do
    assert(select("#", debug.setupvalue(f, i, 5)) == 0)
  end
end
print(("abc"):gsub("b", "x")) -- expect: axc	1
print(("abc"):find("b")) -- expect: 2	2
print(string.gmatch("abc", "%a")()) -- expect: a
