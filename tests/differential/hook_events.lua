-- Which events hooks see, for every kind of call, loop and jump, and with which
-- transferred values.
local log = {}
local function name(i) return tostring(i.name) .. ":" .. tostring(i.namewhat) .. ":" .. i.what .. ":" .. tostring(i.currentline) .. ":" .. tostring(i.istailcall) end
local function tr(mask, f, ...)
  log = {}
  debug.sethook(function(ev, line)
    local i = debug.getinfo(2, "nSltr")
    if i.what == "C" and i.name == "sethook" then return end
    local vals = {}
    if ev == "call" or ev == "return" or ev == "tail call" then
      for n = i.ftransfer, i.ftransfer + i.ntransfer - 1 do local nm, v = debug.getlocal(2, n) vals[#vals+1] = tostring(nm) .. "=" .. (type(v) == "number" and v or type(v)) end
      vals[#vals+1] = tostring(i.ntransfer)
    end
    log[#log+1] = ev .. " " .. tostring(line) .. " " .. name(i) .. " " .. table.concat(vals, ",")
  end, mask)
  local r = table.pack(pcall(f, ...))
  debug.sethook()
  for _, l in ipairs(log) do print(l) end
  print("result", table.unpack(r, 1, r.n))
end
local function g(a, ...) return a, ... end
local function t(x) return g(x, 1, 2) end
local function loop(n) local s = 0
  for i = 1, n do
    s = s + i
  end
  while n > 0 do n = n - 1 end
  return s
end
for _, mask in ipairs{"c", "r", "cr", "l", "crl"} do
  print("-- " .. mask)
  tr(mask, g, 1, 2, 3)
  tr(mask, t, 5)
  tr(mask, loop, 3)
  tr(mask, function() local x = math.max(1, 2) return x end)
  tr(mask, function() error("x") end)
  tr(mask, function() return select("#", string.byte("abc", 1, -1)) end)
  tr(mask, function() local t = setmetatable({}, {__index = function(t, k) return k end, __add = function(a, b) return 7 end})
     local a = t.x
     return a, t + 1 end)
  tr(mask, function() for k in pairs{1} do local _ = k end end)
  tr(mask, function() for k in next, {1, 2} do local _ = k end end)
  tr(mask, function() local co = coroutine.wrap(function(a) coroutine.yield(a) return 9 end) co(1) co() end)
  tr(mask, function() pcall(error, "y") return pcall(g, 1) end)
  tr(mask, function() do local c <close> = setmetatable({}, {__close = function() return 1 end}) end return 3 end)
  tr(mask, function() goto a
    ::b:: do return 5 end
    ::a:: goto b end)
  tr(mask, function() return table.unpack({1, 2, 3}) end)
  tr(mask, function() if true then
    local x = 1
  else
    local y = 2
  end end)
  tr(mask, function() table.sort({2, 1}, function(a, b) return a < b end) end)
  tr(mask, function(...) local a, b = ... 
    return b end, 1, 2)
  tr(mask, function() repeat local x = 1
    until x end)
  tr(mask, function() load("local x = 1\n\nreturn x\n")() end)
  tr(mask, function() local function v(...) return ... end return (v(1, 2)) end)
end
-- count
for _, n in ipairs{1, 2, 5, 100} do
  local c = 0
  debug.sethook(function(e, l) assert(e == "count" and l == nil) c = c + 1 end, "", n)
  for i = 1, 1000 do end
  debug.sethook()
  print(n, c > 0, n == 100 and c >= 9 and c <= 60 or c > 200 )
end
print(debug.gethook()) 
local h = function() end
debug.sethook(h, "crl", 5) print(debug.gethook() == h, select(2, debug.gethook()), select(3, debug.gethook())) debug.sethook() print(debug.gethook())
debug.sethook(h, "", 0) print(debug.gethook()) debug.sethook(h, "xyz") print(debug.gethook()) debug.sethook(nil, "crl") print(debug.gethook()) print(pcall(debug.sethook, 1, "l")) print(pcall(debug.sethook, h)) print(pcall(debug.sethook, h, "l", "x"))
local co = coroutine.create(function() local a = 1
 coroutine.yield() a = 2
 return a end)
local seen = {}
debug.sethook(co, function(e, l) seen[#seen+1] = e .. tostring(l) end, "l") print(debug.gethook(co) ~= nil, select(2, debug.gethook(co))) print(debug.gethook())
coroutine.resume(co) coroutine.resume(co) print(table.concat(seen, " "))
-- errors in hooks, yields
debug.sethook(function() error("hooked") end, "l")
local ok, e = pcall(function()
  local x = 1 end)
debug.sethook() print(ok, e)
debug.sethook(function() error("hooked call") end, "c")
local ok, e = pcall(function() end)
debug.sethook() print(ok, e)
print(pcall(function() debug.sethook(function() coroutine.yield() end, "l") 
 local x = 1
end)) debug.sethook()
local co = coroutine.create(function() debug.sethook(function() coroutine.yield() end, "l")
 local x = 1
 x = 2 
end)
print(coroutine.resume(co))
print(debug.traceback(co))
-- traceback inside hook
debug.sethook(function() debug.sethook() print(debug.traceback("in hook")) local i = debug.getinfo(1) print(i.name, i.namewhat) end, "c")
math.abs(1)
debug.sethook(function() debug.sethook() print(debug.traceback("in hook")) end, "l")
local z = 1
