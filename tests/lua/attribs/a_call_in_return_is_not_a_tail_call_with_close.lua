local function c(name)
  return setmetatable({}, {__close = function() print("close " .. name) end})
end
local function callee() print("callee") return 1 end -- expect: callee
-- expect: close f
local function f()
  local x <close> = c "f"
  return callee()
end
print(f()) -- expect: 1
-- expect: close g
local function depth() return debug.traceback("tb", 1):find("tail call") ~= nil end
local function g() local x <close> = c "g" return depth() end
print(g()) -- expect: false
