local mp = require "MessagePack"

local function hex(s)
  return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end

for _, v in ipairs {
  0, 1, 127, 128, 255, 256, 65535, 65536, 2 ^ 32 | 0, math.maxinteger,
  -1, -32, -33, -128, -129, -32769, math.mininteger, 0.5, -0.0, 1e300, 1 / 0,
  true, false, "", "a", ("x"):rep(31), ("x"):rep(32), ("x"):rep(256),
} do
  local packed = mp.pack(v)
  local back = mp.unpack(packed)
  print(hex(packed):sub(1, 40), #packed, math.type(v), back == v)
end
print(hex(mp.pack { 1, { "a", false }, {} }), hex(mp.pack { key = "value" }))

local list = {}
for i = 1, 70000 do
  list[i] = i * 3
end
local packed = mp.pack(list)
local back = mp.unpack(packed)
print(#packed, #back, back[1], back[70000])

mp.set_number "float"
mp.set_integer "signed"
mp.set_string "binary"
mp.set_array "with_hole"
print(hex(mp.pack(0.1)), hex(mp.pack(200)), hex(mp.pack("bin")))
print(hex(mp.pack { 1, nil, 3 }))
print(pcall(mp.set_number, "quad"))
mp.set_number "double"

local stream = mp.pack(1) .. mp.pack("two") .. mp.pack { 3 }
for i, v in mp.unpacker(stream) do
  print(i, type(v))
end
print(pcall(mp.unpack, "\xc1"))
print(pcall(mp.unpack, "\x92\x01"))
print(pcall(mp.unpack, ""))
print(pcall(mp.pack, print))
