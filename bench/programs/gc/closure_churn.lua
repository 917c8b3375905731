-- Short-lived closures: callbacks, bound methods, lazy streams.
-- quick: 300
-- peers: lua5.4 luajit

local N = tonumber((...)) or 19000

local function promise(value)
  local listeners, settled = {}, false
  return {
    listen = function(f) listeners[#listeners + 1] = f end,
    settle = function(extra)
      settled = true
      for _, f in ipairs(listeners) do
        f(value + extra)
      end
    end,
    is_settled = function() return settled end,
  }
end

local function integers(from)
  return from, function() return integers(from + 1) end
end

local function squares(n, rest)
  return n * n, function() return squares(rest()) end
end

local sum = 0
for round = 1, N do
  for i = 1, 20 do
    local p = promise(i)
    for k = 1, 3 do
      p.listen(function(value) sum = (sum + value * k) % 1000003 end)
    end
    p.settle(round)
    assert(p.is_settled())
  end
  local square, rest = squares(integers(round))
  for _ = 1, 25 do
    sum = (sum + square) % 1000003
    square, rest = rest()
  end
end
print(string.format("closure_churn %d", sum))
