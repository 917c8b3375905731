local function f()
  local x = 1
  local c <close> = setmetatable({}, {__close = function() x = 100 end})
  return x, x + 1
end
print(f()) -- expect: 1	2
local function g()
  local t = {v = 1}
  local c <close> = setmetatable({}, {__close = function() t.v = 2 end})
  return t
end
print(g().v) -- expect: 2
local function h(...)
  local c <close> = setmetatable({}, {__close = function() return "ignored" end})
  return ...
end
print(h(1, nil, 3, nil)) -- expect: 1	nil	3	nil
print(select("#", h(nil, nil))) -- expect: 2
