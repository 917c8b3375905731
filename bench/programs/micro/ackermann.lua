-- Ackermann's function: deep recursion, and a tail call around a plain one.
-- quick: 3
-- peers: lua5.4 luajit

local N = tonumber((...)) or 180

local function ack(m, n)
  if m == 0 then
    return n + 1
  elseif n == 0 then
    return ack(m - 1, 1)
  end
  return ack(m - 1, ack(m, n - 1))
end

local sum = 0
for round = 1, N do
  sum = sum + ack(3, 6) + ack(2, round % 10)
end
print(string.format("ackermann %d", sum))
