local function at_exit(name)
  return setmetatable({}, {__gc = function() print("finalize " .. name) end})
end
one = at_exit "one"
two = at_exit "two"
local three = at_exit "three"
print "main ends" -- expect: main ends
-- expect: finalize three
-- expect: finalize two
-- expect: finalize one
