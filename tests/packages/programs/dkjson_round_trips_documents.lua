-- Pure Lua parts: without lpeg, dkjson parses with string patterns.
local json = require "dkjson"

local text = [[
{ "name": "weft", "numbers": [1, -2.5, 1e3, 9007199254740993, 0.1],
  "nested": {"deep": {"deeper": [[], {}, null, true, false]}},
  "text": "tab\t quote\" slash\/ \u00e4\u20ac\ud83d\ude00" } // comment
]]
local value, position = json.decode(text)
print(position, #text)
for _, n in ipairs(value.numbers) do
  print(math.type(n), n)
end
print(value.text, #value.text)
print(value.nested.deep.deeper[3], value.nested.deep.deeper[4])

local keys = { "name", "numbers", "nested", "deep", "deeper", "text" }
local written = json.encode(value, { keyorder = keys })
print(written)
print(json.encode(json.decode(written), { keyorder = keys, indent = true }))
print(written == json.encode(json.decode(written), { keyorder = keys }))

for _, bad in ipairs { "{", "[1,]", '{"a" 1}', '"open', "nul", "[1 2]" } do
  local value, position, message = json.decode(bad)
  print(bad, type(value), position, message)
end
print(pcall(json.encode, { function() end }))
local cycle = {}
cycle[1] = cycle
print(pcall(json.encode, cycle))
print(json.encode({ 1 / 0, 0 / 0, -0.0, 2 ^ 53, math.mininteger }))
print(json.encode(setmetatable({}, { __jsontype = "object" })))
print(json.quotestring("\0\31\127\u{7ff}\u{2028}"))
