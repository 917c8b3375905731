-- Higher-order functions, lazy sequences, memoisation, currying.
local function range(a, b, step)
  step = step or 1
  return coroutine.wrap(function() for i = a, b, step do coroutine.yield(i) end end)
end
local function map(f, it) return function() local v = it() if v ~= nil then return f(v) end end end
local function filter(p, it) return function() for v in it do if p(v) then return v end end end end
local function take(n, it) return function() if n > 0 then n = n - 1 return it() end end end
local function zip(a, b) return function() local x, y = a(), b() if x ~= nil and y ~= nil then return x, y end end end
local function collect(it) local r = {} for v in it do r[#r + 1] = tostring(v) end return table.concat(r, " ") end
local function fold(f, acc, it) for v in it do acc = f(acc, v) end return acc end
print(collect(map(function(x) return x * x end, range(1, 10))))
print(collect(filter(function(x) return x % 3 == 0 end, range(1, 30))))
print(collect(take(5, map(function(x) return x / 2 end, range(1, math.huge)))))
print(fold(function(a, b) return a + b end, 0, range(1, 100)), fold(math.max, -math.huge, range(5, 1, -1)))
for a, b in zip(range(1, 3), map(tostring, range(10, 40, 10))) do io.write(a, ":", b, " ") end
print()
local function primes()
  local sieve = {}
  return coroutine.wrap(function()
    local n = 2
    while true do
      local factors = sieve[n]
      if factors then
        sieve[n] = nil
        for _, p in ipairs(factors) do
          local m = n + p
          sieve[m] = sieve[m] or {}
          table.insert(sieve[m], p)
        end
      else
        coroutine.yield(n)
        sieve[n * n] = {n}
      end
      n = n + 1
    end
  end)
end
print(collect(take(25, primes())))
local function memo(f)
  local cache, hits = {}, 0
  return function(n)
    if cache[n] then hits = hits + 1 return cache[n] end
    local v = f(n)
    cache[n] = v
    return v
  end, function() return hits end
end
local fib, hits
fib, hits = memo(function(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end)
print(fib(80), hits())
local function curry(f, n)
  n = n or 2
  local function step(args, k)
    if k == 0 then return f(table.unpack(args)) end
    return function(x) local a = table.move(args, 1, #args, 1, {}) a[#a + 1] = x return step(a, k - 1) end
  end
  return step({}, n)
end
local add3 = curry(function(a, b, c) return a + b * c end, 3)
print(add3(1)(2)(3), add3(10)(0.5)(4))
local function compose(...)
  local fs = {...}
  return function(...)
    local r = table.pack(...)
    for i = #fs, 1, -1 do r = table.pack(fs[i](table.unpack(r, 1, r.n))) end
    return table.unpack(r, 1, r.n)
  end
end
print(compose(string.upper, string.reverse, tostring)(12.5), compose()(1, nil, 3), compose(select)(2, "a", "b", "c"))
local acc = {}
for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then goto continue end
    acc[#acc + 1] = function(k) i = i + k return i * 10 + j end
    ::continue::
  end
end
for _, f in ipairs(acc) do io.write(f(0), " ", f(1), " ", f(1), "; ") end
print()
local function counter()
  local n = 0
  return setmetatable({}, {__call = function() n = n + 1 return n end, __index = function(_, k) return n * k end, __newindex = function(_, _, v) n = v end})
end
local c = counter()
print(c(), c(), c[10], (function() c.any = 100 return c() end)(), c[2])
local Z = function(f) return (function(x) return x(x) end)(function(x) return f(function(...) return x(x)(...) end) end) end
print(Z(function(self) return function(n, a) if n == 0 then return a end return self(n - 1, a * n) end end)(10, 1))
local function permgen(a, n)
  n = n or #a
  if n <= 1 then coroutine.yield(a) else
    for i = 1, n do
      a[n], a[i] = a[i], a[n]
      permgen(a, n - 1)
      a[n], a[i] = a[i], a[n]
    end
  end
end
local n = 0
for p in coroutine.wrap(function() permgen {"a", "b", "c", "d"} end) do n = n + 1 if n % 6 == 0 then io.write(table.concat(p), " ") end end
print(n)
