-- Errors take control from the depth of a stack to frames far below, which call
-- others that lie where the dropped ones were, while the collector marks.
local rounds = 0
local function churn()
  rounds = rounds + 1
  local junk = {}
  for i = 1, 4 do junk[i] = {rounds, tostring(i)} end
  if rounds % 8 == 0 then collectgarbage("step", 0) end
end
local bad = 0
local function check(t, n)
  if type(t) ~= "table" or t[1] ~= n or #t[2] ~= 2 then bad = bad + 1 end
end
local function make(n) return {n, {{}, n}} end

local function throw(n, kind)
  local t = make(n)
  churn()
  if n > 0 then throw(n - 1, kind)
  elseif kind == 1 then error(make(99))
  elseif kind == 2 then return nil + t
  else string.rep() end
  check(t, n)
end
local function catch(n, kind)
  local t, u = make(n), make(n)
  local function set(k) u = make(k) end
  local ok, e = pcall(throw, 500 + kind * 100, kind)
  if ok or kind == 1 and not pcall(check, e, 99) then bad = bad + 1 end
  set(-n)
  local a, b, c = make(n + 1), make(n + 2), make(n + 3)
  churn()
  if n > 0 then catch(n - 1, kind) end
  local ok2 = xpcall(throw, function(m) churn() return m end, 300, kind)
  if ok2 then bad = bad + 1 end
  check(a, n + 1)
  check(b, n + 2)
  check(c, n + 3)
  check(t, n)
  check(u, -n)
end
for kind = 1, 3 do catch(40, kind) end
print(bad) -- expect: 0

-- variables to be closed in every frame
local order, closed = true, 0
local last
local function closer(n)
  return setmetatable({n, {{}, n}}, {__close = function(t, e)
    check(t, n)
    churn()
    if last and last ~= n - 1 then order = false end
    last = n
    closed = closed + 1
    local function climb(k) local t = make(k) if k > 0 then climb(k - 1) end check(t, k) end
    climb(20)
  end})
end
local function closing(n)
  local t <close> = closer(n)
  local u = make(n)
  churn()
  if n > 1 then closing(n - 1) else error("deep") end
  check(u, n)
end
for i = 1, 3 do
  last = nil
  print(pcall(closing, 600)) -- expect: false	errors_from_deep_frames_while_marking.lua:63: deep
  -- expect: false	errors_from_deep_frames_while_marking.lua:63: deep
  -- expect: false	errors_from_deep_frames_while_marking.lua:63: deep
end
print(order, closed, bad) -- expect: true	1800	0

-- caught by natives: a reader of load, a finalizer
local finalized = 0
local function read(n)
  local t = make(n)
  local text, message = load(function() return throw(400, 1) end)
  if text or not message then bad = bad + 1 end
  local u, v = make(n), make(n + 1)
  setmetatable({}, {__gc = function()
    finalized = finalized + 1
    if n % 20 == 0 then throw(100, 2) end
  end})
  if n > 0 then read(n - 1) end
  check(t, n)
  check(u, n)
  check(v, n + 1)
end
for i = 1, 3 do read(100) end
collectgarbage()
print(finalized, bad) -- expect: 303	0

-- a stack that overflows, and what it held before
local t = make(1)
local function endless(n)
  local t = {n}
  return 1 + endless(n + 1)
end
for i = 1, 3 do
  local u = make(i)
  print((select(2, pcall(endless, 1)):gsub(".-:%d+: (stack overflow).*", "%1"))) -- expect: stack overflow
  -- expect: stack overflow
  -- expect: stack overflow
  check(u, i)
end
check(t, 1)
collectgarbage()
print(bad) -- expect: 0
