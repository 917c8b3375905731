-- Doubly recursive Fibonacci: nothing but calls, compares and small additions.
-- quick: 26
-- peers: lua5.4 luajit

local N = tonumber((...)) or 35

local function fib(n)
  if n < 2 then
    return n
  end
  return fib(n - 1) + fib(n - 2)
end

print(string.format("fib %d", fib(N)))
