-- Errors through every kind of call, with close variables and handlers.
local log = {}
local function note(...) log[#log + 1] = table.concat({...}, " ") end
local function guard(name)
  return setmetatable({}, {__close = function(_, e) note("close", name, tostring(type(e) == "table" and e.code or e)) end})
end
local function flush() print(table.concat(log, ", ")) log = {} end
local Err = {__tostring = function(e) return "Err(" .. e.code .. ")" end}
local function throw(code) error(setmetatable({code = code}, Err)) end

local function thrower(kind)
  local g <close> = guard("g" .. kind)
  if kind == 1 then throw(1)
  elseif kind == 2 then error("string error")
  elseif kind == 3 then error("no position", 0)
  elseif kind == 4 then return nil + 1
  elseif kind == 5 then return ("x"):bad()
  elseif kind == 6 then local t = nil return t.x.y
  elseif kind == 7 then error()
  elseif kind == 8 then return #5
  elseif kind == 9 then return {} < {}
  elseif kind == 10 then return "a" < 1
  elseif kind == 11 then return math.abs(1) // 0 -- (without the call Lua 5.4.4 gives another line)
  elseif kind == 12 then return 2^53 | 0.5
  elseif kind == 13 then return math.floor({})
  elseif kind == 14 then return setmetatable(1, {})
  elseif kind == 15 then for i = 1, 10, 0 do end
  elseif kind == 16 then return table.concat({{}})
  elseif kind == 17 then return ("x"):rep(1e10, "x" .. 1 // 0)
  elseif kind == 18 then local a <close> = 5
  elseif kind == 19 then return string.format("%d", 1.5)
  elseif kind == 20 then return load("x =")()
  elseif kind == 21 then return assert(load("x ="))
  elseif kind == 22 then return assert(false, "assert message")
  elseif kind == 23 then return assert(nil)
  elseif kind == 24 then return coroutine.wrap(function() error("in coroutine") end)()
  elseif kind == 25 then return select(-5, 1)
  elseif kind == 26 then return tostring(setmetatable({}, {__tostring = function() return 1 end}))
  elseif kind == 27 then local t = setmetatable({}, {__index = function(_, k) error("index " .. k, 2) end}) return t.key
  elseif kind == 28 then return next({}, 1)
  elseif kind == 29 then return require "no_such_module_at_all" and 1
  elseif kind == 30 then return ({})[nil], rawset({}, nil, 1) end
  return "no error"
end
package.path, package.cpath = "", ""
for kind = 1, 31 do
  local ok, e = pcall(thrower, kind)
  print(kind, ok, tostring(e))
  flush()
end
for kind = 1, 12 do
  print(kind, xpcall(thrower, function(e) return "H:" .. tostring(e):gsub("^.-:%d+: ", "") end, kind))
end
flush()
local function nested(depth, kind)
  local g <close> = guard("n" .. depth)
  if depth == 0 then return thrower(kind) end
  if depth % 2 == 0 then
    local ok, e = pcall(nested, depth - 1, kind)
    note("caught", tostring(e))
    error(e, 0)
  end
  return (nested(depth - 1, kind))
end
print(pcall(nested, 5, 1))
flush()
print(pcall(nested, 4, 3))
flush()
local co = coroutine.create(function()
  local g <close> = guard("co")
  print(pcall(function()
    local h <close> = guard("inner")
    coroutine.yield(1)
    throw(99)
  end))
  coroutine.yield(2)
  error("final")
end)
print(coroutine.resume(co)) print(coroutine.resume(co)) print(coroutine.resume(co)) print(coroutine.status(co))
flush()
print(coroutine.close(co))
flush()
local function closer_error(n) return setmetatable({}, {__close = function(_, e) note("ce" .. n, tostring(e)) error("close " .. n, 0) end}) end
print(pcall(function() local a <close> = closer_error(1) local b <close> = closer_error(2) return "x" end))
flush()
for i = 1, 3 do
  local ok, e = pcall(function()
    for j = 1, 3 do
      local g <close> = guard(i .. "." .. j)
      if j == i then if i == 2 then error("at two", 0) end break end
    end
    return "left"
  end)
  print(i, ok, e)
end
flush()
throw("uncaught")
