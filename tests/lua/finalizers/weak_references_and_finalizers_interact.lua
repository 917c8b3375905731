local values = setmetatable({}, {__mode = "v"})
local keys = setmetatable({}, {__mode = "k"})
local seen
do
  local o = setmetatable({}, {__gc = function(o) seen = tostring(values[1]) .. " " .. tostring(keys[o]) end})
  values[1] = o
  keys[o] = "by key"
end
collectgarbage() collectgarbage()
print(seen) -- expect: nil by key
print(values[1], next(keys)) -- expect: nil	nil
