local inspect = require "inspect"

local t = { 1, "two", { 3, three = 3 }, [10] = "ten", [1.5] = "half",
  ["not a name"] = true, ["end"] = false, name = 'it\'s "quoted"\n\0' }
t.self, t.list = t, t[3]
print(inspect(t))
print(inspect(setmetatable({ a = 1 }, { __index = { b = 2 }, __call = print })
  ):gsub("builtin: %w+", "builtin"))
print(inspect({ { { { {} } } } }, { depth = 2 }))
print(inspect({ a = { b = { 1, 2 } } }, { newline = "", indent = "" }))
print(inspect({ 1, 2, secret = "x", t = { secret = "y" } }, {
  process = function(item, path)
    if path[#path] ~= "secret" then
      return item
    end
  end,
}))
print(inspect(coroutine.create(print)), inspect(print), inspect(io.stdout))
print(inspect("\1\27\127'"), inspect(nil), inspect(-0.0), inspect(2 ^ 63))
local list = {}
for i = 1, 40 do
  list[i] = i * i
end
print(inspect(list))
