local function closing(n) return setmetatable({}, {__close = function(_, e) print("close", n, e) if n == 2 then error("close " .. n) end end}) end
local function work()
  local a <close> = closing(1)
  local b <close> = closing(2)
  local c <close> = closing(3)
  local t
  t.field = 1
end
local ok, e = xpcall(work, function(m) return "handled " .. m end)
print(ok, e)
work()
