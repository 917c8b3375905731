local obj
local mt = {__close = function(...)
  local v, e = ...
  print(select("#", ...), v == obj, type(e) == "table" or e) -- expect: 2	true	nil
  -- expect: 2	true	true
end}
obj = setmetatable({}, mt)
do local x <close> = obj end
print(pcall(function() local x <close> = obj error({}) end) == false) -- expect: true
-- expect: 2	true	text
print(pcall(function() local x <close> = obj error("text", 0) end)) -- expect: false	text
-- expect: 2	true	nil
print(pcall(function() local x <close> = obj error(nil) end)) -- expect: false	nil
