local e = setmetatable({}, {__mode = "k"})
do
  local a, b, c = {}, {}, {}
  e[a], e[b], e[c] = b, c, {a}
end
collectgarbage()
print(next(e)) -- expect: nil
local anchor = {}
do
  local b, c = {}, {}
  e[anchor], e[b], e[c] = b, c, "end of chain"
end
collectgarbage()
print(e[e[e[anchor]]]) -- expect: end of chain
local n = 0
for _ in pairs(e) do n = n + 1 end
print(n) -- expect: 3
anchor = nil
collectgarbage()
print(next(e)) -- expect: nil
