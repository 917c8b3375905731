-- string.pack and unpack over formats, endianness and alignment.
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local formats = {"b", "B", "h", "H", "i1", "i2", "i3", "i4", "i5", "i7", "i8", "I3", "I8", "l", "L", "j", "J", "T", "i16", "I16"}
local ints = {0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 65535, 1 << 24, (1 << 31) - 1, 1 << 40, math.maxinteger, math.mininteger}
for _, e in ipairs {"<", ">"} do
  for _, f in ipairs(formats) do
    local row = {}
    for _, n in ipairs(ints) do
      local ok, s = pcall(string.pack, e .. f, n)
      if ok then
        local ok2, v, p = pcall(string.unpack, e .. f, s)
        row[#row + 1] = hex(s) .. (ok2 and (v == n and "=" or "~" .. v) or "!" .. v)
      else row[#row + 1] = s:match("%((.-)%)") end
    end
    print(e .. f, table.concat(row, " "))
  end
end
for _, x in ipairs {0.0, -0.0, 1.0, -2.5, 0.1, 1e300, 5e-324, math.huge, -math.huge, 3, "7.5"} do
  local d, f = string.pack("<d", x), string.pack(">f", x)
  print(x, hex(d), hex(f), string.unpack("<d", d), string.unpack(">f", f))
end
for _, s in ipairs {"", "a", "hello", "zero\0inside", ("x"):rep(300)} do
  local row = {}
  for _, f in ipairs {"z", "s", "s1", "s2", "s4", "c10", "c300"} do
    local ok, p = pcall(string.pack, "<" .. f, s)
    row[#row + 1] = ok and #p .. ":" .. tostring(select(2, pcall(string.unpack, "<" .. f, p)) == s) or p:match("%((.-)%)")
  end
  print(#s, table.concat(row, " "))
end
for _, f in ipairs {"!4 b i4 b", "!8 b d", "! b j", "!2 i4 b i4", "<!4 b Xi4 i2", "b xx b", "!8 i1 i2 i4 i8", "=!1 i1 i8", "c3 !4 i4"} do
  local args = {}
  for o in f:gsub("[<>=!X]%d*%a?%d?", function(x) return x:sub(1, 1) == "X" and "" or "" end):gmatch("[bhijdc]%d*") do args[#args + 1] = o:sub(1, 1) == "c" and "ab" or #args + 1 end
  local ok, p = pcall(string.pack, f, table.unpack(args))
  print(f, ok and hex(p) or p, pcall(string.packsize, f))
end
local record = "<i4 s2 d z B"
local buf, offsets = "", {}
for i = 1, 5 do
  offsets[i] = #buf + 1
  buf = buf .. string.pack(record, i * 1000, ("n"):rep(i), i / 4, "z" .. i, i * 50)
end
for i = 5, 1, -1 do print(offsets[i], string.unpack(record, buf, offsets[i])) end
print(pcall(string.unpack, record, buf, #buf), pcall(string.unpack, record, buf:sub(1, 10)))
local pos = 1
while pos <= #buf do
  local a, b, c, d, e, nxt = string.unpack(record, buf, pos)
  io.write(a, "/", b, "/", c, "/", d, "/", e, " ")
  pos = nxt
end
print(pos)
