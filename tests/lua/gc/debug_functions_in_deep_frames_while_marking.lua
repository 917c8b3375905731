-- debug.setlocal, getlocal, traceback and hooks in the depth of a recursion,
-- while the collector marks.
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

-- the locals of frames far below are set by the one that runs
local function frame(n, top)
  local t = make(n)
  churn()
  if n < top then frame(n + 1, top)
  else
    for round = 1, 3 do
      for level = 2, top, 7 do
        local name, v = debug.getlocal(level, 3)
        if name ~= "t" then bad = bad + 1 end
        debug.setlocal(level, 3, make(v[1]))
        churn()
      end
    end
  end
  check(t, n)
end
frame(1, 400)
print(bad) -- expect: 0

-- the same from outside of a coroutine
local function inside(n)
  local t = make(n)
  if n > 0 then inside(n - 1) else coroutine.yield() end
  check(t, n)
  churn()
end
local co = coroutine.create(inside)
coroutine.resume(co, 400)
for level = 1, 400, 5 do
  local name, v = debug.getlocal(co, level, 2)
  check(v, level - 1)
  debug.setlocal(co, level, 2, make(level - 1))
  churn()
end
print(coroutine.resume(co)) -- expect: true
print(bad) -- expect: 0

-- tracebacks count the same levels at every time
local function lines(s) return select(2, s:gsub("\n", "")) end
local function trace(n, list)
  local t = make(n)
  churn()
  if n % 50 == 0 then list[#list + 1] = lines(debug.traceback()) end
  if n > 0 then trace(n - 1, list) end
  if n % 50 == 0 then list[#list + 1] = debug.getinfo(1, "l").currentline end
  check(t, n)
end
local list = {}
trace(300, list)
print(table.concat(list, " ")) -- expect: 3 22 22 22 22 22 22 61 61 61 61 61 61 61

-- hooks set in the depth, which go deeper themselves
local calls, returns, counts = 0, 0, 0
local function climb(n)
  local t = make(n)
  if n > 0 then climb(n - 1) end
  check(t, n)
end
local busy = false
local function hook(event)
  if event == "count" then counts = counts + 1
  elseif event == "return" then returns = returns + 1
  else calls = calls + 1 end
  local t = make(1)
  climb(5)
  churn()
  check(t, 1)
end
local function hooked(n)
  local t = make(n)
  churn()
  if n == 300 then debug.sethook(hook, "cr", 100) end
  if n == 200 then debug.sethook() end
  if n == 100 then debug.sethook(hook, "r") end
  if n > 0 then hooked(n - 1) end
  if n == 250 then debug.sethook() end
  check(t, n)
end
hooked(500)
debug.sethook()
print(calls > 100, returns > 100, counts > 0, bad) -- expect: true	true	true	0
collectgarbage()
