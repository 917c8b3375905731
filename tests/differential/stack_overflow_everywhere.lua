-- Endless recursion through everything that calls: the first line of what is
-- said, and the tracebacks but for the number of levels they skip. How deep
-- each kind goes is not compared: tests/README.md says what differs.

local function T(name, f, ...)
  local ok, message = pcall(f, ...)
  message = tostring(message)
  repeat -- each coroutine.wrap puts its position in front, as often as it nests
    local shorter, n = message:gsub("^([%w_.]+:%d+: )%1", "%1")
    message = shorter
  until n == 0
  print(name, ok, message:match("^[^\n]*"), select(2, message:gsub("\n", "")))
end

-- plain calls
local function rec() return 1 + rec() end
function G() return 1 + G() end
local t = {}
function t.f() return 1 + t.f() end
function t:m() return 1 + self:m() end
T("local", function() local function f() return 1 + f() end f() end)
T("upvalue", rec)
T("global", G)
T("field", t.f)
T("method", t.m, t)
T("varargs", function()
  local function f(...) return select("#", f(1, ...)) end
  return f()
end)
T("called object", function()
  local x
  x = setmetatable({}, {__call = function() return 1 + x() end})
  return x()
end)
T("again", rec)
T("and again", rec)

-- metamethods
local function operator(event, source)
  local x, y = setmetatable({}, {}), setmetatable({}, {})
  local f = load("local x, y = ... return function() return " .. source ..
    " end", "=event")(x, y)
  getmetatable(x)[event] = f
  getmetatable(y)[event] = f
  T(event, f)
end
for event, operation in ([[add + sub - mul * div / mod % pow ^ idiv // band &
    bor | bxor ~ shl << shr >> concat .. lt < le <= eq ==]]):gmatch("(%S+) (%S+)") do
  operator("__" .. event, "x " .. operation .. " y")
end
operator("__unm", "1 + -x")
operator("__len", "1 + #x")
operator("__bnot", "1 + ~x")
operator("__index", "x.y")
operator("__newindex", "(function() x.y = 1 end)()")
T("__index chain", function()
  local x = {}
  for i = 1, 2100 do x = setmetatable({}, {__index = x}) end
  return x.y
end)
T("__newindex loop", function()
  local x = setmetatable({}, {})
  getmetatable(x).__newindex = x
  x.y = 1
end)
for _, show in ipairs{tostring, print} do
  T("__tostring", function()
    local x = setmetatable({}, {__tostring = function(x)
      return show(x) .. ""
    end})
    show(x)
  end)
end
T("__tostring of a deep one", tostring, setmetatable({}, {__tostring = rec}))
T("__call of a deep one", setmetatable({}, {__call = rec}))
T("__close", function()
  local function f()
    local x <close> = setmetatable({}, {__close = function() f() end})
  end
  f()
end)

-- library functions that call back
T("gsub", function()
  local function f() string.gsub("x", "x", f) end
  f()
end)
T("sort", function()
  local function f(a, b) table.sort({1, 2, 3}, f) return a < b end
  f(1, 2)
end)
T("concat", function()
  local x
  x = setmetatable({}, {__index = function() return table.concat(x, "", 1, 1) end})
  return table.concat(x, "", 1, 1)
end)
T("require", function()
  package.preload.again = function()
    package.loaded.again = nil
    return require "again"
  end
  require "again"
end)
T("pcall", function()
  local function f()
    local ok, message = pcall(f)
    if not ok then error(message, 0) end
  end
  f()
end)

-- coroutines
T("wrap", function()
  local function f() coroutine.wrap(f)() return 1 end
  f()
end)
T("resume", function()
  local function f()
    local _, message = coroutine.resume(coroutine.create(f))
    error(message, 0)
  end
  f()
end)
T("in a coroutine", function() coroutine.wrap(rec)() end)
T("pcall in a coroutine", function()
  error(select(2, coroutine.wrap(function() return pcall(rec) end)()), 0)
end)

-- message handlers
local function H(name, f, handler)
  T(name, function() error(select(2, xpcall(f, handler)), 0) end)
end
H("handler", rec, function(m) return "handled " .. m end)
H("handler that fails", error, function() error("again") end)
H("handler that is wrong", error, function(m) return m + {} end)
H("handler that recurses", error, rec)
H("handler that recurses after an overflow", rec, rec)
H("handler that calls a deep one", rec, function() return select(2, pcall(rec)) end)
H("handler that calls a little", rec, function(m)
  local function down(n) return n == 0 and 0 or 1 + down(n - 1) end
  return m .. " " .. down(10)
end)
local fails
for _, most in ipairs{5, 15, 50} do
  fails = 0
  H("handler that fails " .. most .. " times", error, function(m)
    fails = fails + 1
    if fails < most then error("x", 0) end
    return tostring(m) .. " done " .. fails
  end)
end

-- limits of library functions
T("unpack", function() return table.unpack({}, 1, 1e7) end)
T("byte", function() return ("x"):rep(1e7):byte(1, -1) end)
T("captures", string.find, ("a"):rep(100), ("(a"):rep(40))
T("pattern", string.find, ("a"):rep(300000), ("a?"):rep(300000) .. "-")

-- tracebacks
local function shape(message)
  return (message:gsub("skipping %d+ levels", "skipping levels"))
end
local co = coroutine.create(function()
  local x <close> = setmetatable({}, {__close = function(_, m)
    print("closing", m)
  end})
  rec()
end)
print(shape(select(2, xpcall(rec, debug.traceback))))
print(shape(select(2, xpcall(function()
  local function f(a, b) table.sort({1, 2}, f) return a < b end
  f(1, 2)
end, debug.traceback))))
print(coroutine.resume(co))
print(shape(debug.traceback(co)))
print(coroutine.close(co))
