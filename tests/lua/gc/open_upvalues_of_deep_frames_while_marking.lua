-- Every frame of a deep recursion has captured locals, which frames above it
-- read and assign while the collector marks.
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

-- bottom: calls the setters of all frames, in several orders
local setters, getters, expected = {}, {}, {}
local function set_all(from, to, by)
  for i = from, to, by do
    local k = rounds
    setters[i](make(k))
    expected[i] = k
    churn()
  end
end
local function frame(n, top)
  local t = make(n)
  local unset, other = nil, make(n)
  setters[n] = function(v) t = v unset = v end
  getters[n] = function() return t, unset end
  expected[n] = n
  churn()
  if n < top then
    frame(n + 1, top)
    if n % 100 == 0 then frame(n + 1, n + 40) end
  else
    local times = rounds % 2 + 1
    for i = 1, times do
      set_all(1, n, 3)
      set_all(n, 1, -2)
    end
  end
  check(t, expected[n])
  if unset then check(unset, expected[n]) end
  check(other, n)
  churn()
end
frame(1, 1200)
print(bad) -- expect: 0

-- closed on the way back, they keep their values
for i = 1, 1200 do
  local t, unset = getters[i]()
  check(t, expected[i])
  if unset then check(unset, expected[i]) end
end
print(bad) -- expect: 0

-- one variable below, assigned all the time by who runs above
local function above(set, n)
  local t = make(n)
  set(n)
  churn()
  if n > 0 then above(set, n - 1) end
  check(t, n)
end
local function below(n)
  local a, b = make(0), make(0)
  local function set(k) a, b = make(k), a end
  if n > 0 then below(n - 1) end
  above(set, 30)
  check(a, 0)
  check(b, 1)
end
below(300)
print(bad) -- expect: 0

-- in a coroutine that waits, whose frames are not scanned again
local inside
local co = coroutine.wrap(function()
  local function go(n)
    local t = make(n)
    if n == 500 then inside = function(v) t = v return t end end
    if n > 0 then go(n - 1) else coroutine.yield() end
    check(t, n == 500 and -5 or n)
  end
  go(1000)
  return "done"
end)
co()
for i = 1, 3000 do
  churn()
  inside(make(-5))
end
collectgarbage("step", 100)
print(co(), bad) -- expect: done	0

-- dropped closures: the thread's list of open variables must not keep dead ones
local function drop(n)
  local t = make(n)
  do local f = function() return t end end
  churn()
  if n > 0 then drop(n - 1) end
  local f = function() return t end
  check(f(), n)
end
for i = 1, 3 do drop(1200) end
collectgarbage()
print(bad) -- expect: 0
