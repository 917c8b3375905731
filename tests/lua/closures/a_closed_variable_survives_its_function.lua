local function make(...)
  local list = {}
  for i, v in ipairs {...} do
    local copy = v
    list[i] = function(new) local old = copy if new then copy = new end return old end
  end
  return table.unpack(list)
end
local f, g = make("x", "y")
print(f("changed"), f(), g()) -- expect: x	changed	y
local function param(p) return function() p = p .. "!" return p end end
local h = param("hey")
collectgarbage()
print(h(), h()) -- expect: hey!	hey!!
local function outer()
  local v = 0
  local function inc() v = v + 1 end
  inc() inc()
  return v
end
print(outer()) -- expect: 2
