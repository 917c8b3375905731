-- Short-lived strings, short and long, most of them new.
-- quick: 9000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 600000

local window, SIZE = {}, 512
local length, sum = 0, 0
for i = 1, N do
  local key = "key:" .. i % 5000
  local value = key .. "=" .. i * 7 .. ";"
  if i % 16 == 0 then
    value = value:rep(12)
  end
  local slot = i % SIZE + 1
  local old = window[slot]
  if old then
    length = length + #old
    sum = (sum * 31 + old:byte(-2)) % 1000003
  end
  window[slot] = value:sub(3) .. value:upper():sub(1, 6)
end
print(string.format("string_churn %d %d", length, sum))
