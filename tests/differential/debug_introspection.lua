-- debug.getinfo, locals, upvalues and hooks over real call stacks.
local function describe(level)
  local i = debug.getinfo(level + 1, "nSlut")
  return ("%s %s %s:%d %d-%d nups=%d np=%d va=%s tail=%s"):format(tostring(i.name), i.namewhat, i.short_src, i.currentline, i.linedefined, i.lastlinedefined, i.nups, i.nparams, tostring(i.isvararg), tostring(i.istailcall))
end
local t = {}
function t.field(a) print(describe(1)) end
function t:method(a, b) print(describe(1)) print(describe(2)) end
function globalfunction(...) print(describe(1)) t:method() end
local function upper() globalfunction(1, 2) end
upper()
t.field()
t["field"]()
local alias = t.field
alias()
local function tail() return t.field() end
tail();
(function() print(describe(1)) end)()
setmetatable(t, {__add = function(a, b) print(describe(1)) return 1 end, __index = function(_, k) print(describe(1)) end, __call = function() print(describe(1)) end, __eq = function() print(describe(1)) return true end})
local _ = t + 1, t.missing, t(), t == setmetatable({}, getmetatable(t))
for _ in (function(_, i) if not i then print(describe(1)) return 1 end end) do end
pcall(t.field)
table.sort({1, 2}, function(a, b) print(describe(1)) return a < b end)
coroutine.wrap(function(x) print(describe(1)) end)(1)
do local c <close> = setmetatable({}, {__close = function() print((describe(1):gsub("^%S+ %S* ", ""))) end}) end
local function locals(level)
  local r, i = {}, 1
  while true do
    local n, v = debug.getlocal(level + 1, i)
    if not n then break end
    if not n:find("^%(") then r[#r + 1] = n .. "=" .. (type(v) == "table" and "table" or type(v) == "function" and "function" or tostring(v)) end
    i = i + 1
  end
  return table.concat(r, " ")
end
local function f(a, b, ...)
  local c = a + b
  do local hidden = 1 end
  local d <const> = c * 2
  local e = "e"
  for i = 1, 1 do
    local inner = i
    print(locals(1))
  end
  for k, v in pairs {x = 1} do print(locals(1)) end
  print(locals(1), debug.getlocal(1, -1))
  print(debug.setlocal(1, 1, 100), a, debug.setlocal(1, 50, 1))
  return e
end
f(1, 2, "va")
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3))
local function ups(fn) local r, i = {}, 1 while true do local n, v = debug.getupvalue(fn, i) if not n then break end r[#r + 1] = n .. ":" .. type(v) i = i + 1 end return table.concat(r, " ") end
local u1, u2 = 1, "two"
local function g() u1 = u1 + 1 return u1, u2, print, t end
print(ups(g), ups(upper), ups(f), ups(print))
print(debug.setupvalue(g, 1, 41), (g()))
local function lines(fn) local r = {} for l in pairs(debug.getinfo(fn, "L").activelines) do r[#r + 1] = l end table.sort(r) return table.concat(r, " ") end
print(lines(f), lines(upper), debug.getinfo(print, "L").activelines)
local trace = {}
local base = debug.getinfo(1, "l").currentline
local function traced(n)
  local s = 0
  for i = 1, n do
    if i % 2 == 0 then
      s = s + i
    end
  end
  while s > 3 do
    s = s - 1
  end
  repeat
    s = s + 1
  until s > 3
  local h = function()
    return s
  end
  return h()
end
debug.sethook(function(e, l) trace[#trace + 1] = l - base end, "l")
traced(3)
debug.sethook()
print(table.concat(trace, " "))
trace = {}
debug.sethook(function(e) local i = debug.getinfo(2, "nS") trace[#trace + 1] = e:sub(1, 1) .. (i.name or "?") .. ":" .. i.what end, "cr")
traced(2) string.rep("x", 2) pcall(error, "x") table.sort({2, 1}, function(a, b) return a < b end)
debug.sethook()
print(table.concat(trace, " "))
local co = coroutine.create(function(a) local b = a * 2 coroutine.yield(b) error("co error") end)
coroutine.resume(co, 5)
print(debug.getlocal(co, 1, 1), select(2, debug.getlocal(co, 1, 2)), debug.getinfo(co, 1, "l").currentline, debug.getinfo(co, 0, "n") ~= nil, debug.getinfo(co, 9))
print(debug.traceback(co)) print(coroutine.resume(co)) print(debug.traceback(co, "after error"))
print(debug.traceback("here", 1))
print(pcall(debug.getlocal, 99, 1), pcall(debug.setlocal, 99, 1, 1), pcall(debug.getinfo, 1, "?"))
