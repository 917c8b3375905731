-- Steps of the collector between calls and returns of a deep recursion: what
-- every frame holds must still be there when control comes back to it.
local rounds = 0
local function step() return collectgarbage("step", 0) end
local function churn()
  rounds = rounds + 1
  local junk = {}
  for i = 1, 4 do junk[i] = {rounds, tostring(i)} end
  if rounds % 8 == 0 then
    collectgarbage("step", 0)
  elseif rounds % 8 == 4 then
    local done = step()
    junk[5] = {done}
  end
  return junk
end

local bad = 0
local function check(t, n)
  if type(t) ~= "table" or t[1] ~= n or #t[2] ~= 3 then bad = bad + 1 end
end
local function make(n)
  return {n, {n, churn(), n}}
end

local function climb(n)
  local t = make(n)
  if n > 0 then climb(n - 1) end
  check(t, n)
end

-- up, with many short ways down and up again
local function plain(n)
  local t = make(n)
  if n > 0 then
    local below = plain(n - 1)
    check(below, n - 1)
    if n % 40 == 0 then climb(60) end
  end
  churn()
  check(t, n)
  return t
end
check(plain(1500), 1500)
print("plain", bad) -- expect: plain	0

-- several results, arguments beyond the parameters
local function various(n, ...)
  local t, list = make(n), {...}
  if n == 0 then return t, t, ... end
  local x, y, z = various(n - 1, t, n, list)
  check(x, n - 1)
  check(y, n - 1)
  check(z, n)
  check(t, n)
  churn()
  return t, t, (select(1, ...))
end
various(800)
print("various", bad) -- expect: various	0

-- tail calls take over frames that may be watched
local function tail(n, t)
  check(t, n)
  churn()
  if n % 5 == 0 then
    local own = make(n)
    local r = n > 0 and tail(n - 1, make(n - 1)) or make(-1)
    check(r, -1)
    check(own, n)
    return r
  end
  return tail(n - 1, make(n - 1))
end
local function to_native(n, t)
  if n == 0 then return rawget({t}, 1) end
  local u = make(n)
  local r = to_native(n - 1, t)
  check(u, n)
  return select(1, r)
end
check(tail(3000, make(3000)), -1)
check(to_native(1000, make(7)), 7)
print("tail", bad) -- expect: tail	0

-- through natives: pcall, metamethods, a comparison of table.sort, gsub
local call
local mt = {
  __index = function(t, n) return call(n) end,
  __add = function(t, n) return call(n) end,
  __eq = function(a, b) return call(a.n) == nil end,
  __concat = function(a, b) return call(b.n) end,
}
local function object(n) return setmetatable({n = n}, mt) end
function call(n)
  local t = make(n)
  if n > 0 then
    climb(12)
    local r
    local way = n % 7
    if way == 0 then r = select(2, pcall(call, n - 1))
    elseif way == 1 then r = object(n)[n - 1]
    elseif way == 2 then r = object(n) + (n - 1)
    elseif way == 3 then r = "" .. object(n - 1)
    elseif way == 4 then
      table.sort({1, 2}, function() r = r or call(n - 1) return false end)
    elseif way == 5 then
      string.gsub("x", "x", function() r = call(n - 1) end)
    else
      r = select(2, xpcall(call, print, n - 1))
    end
    check(r, n - 1)
    churn()
  else
    climb(1200)
  end
  check(t, n)
  return t
end
for i = 1, 5 do check(call(60 + i), 60 + i) end
print("natives", bad) -- expect: natives	0
collectgarbage()
print(rounds > 10000) -- expect: true
