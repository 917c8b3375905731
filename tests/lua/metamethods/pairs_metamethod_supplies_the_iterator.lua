local t = setmetatable({}, {__pairs = function(self)
  return function(_, k) if not k then return 1, "one" elseif k < 3 then return k + 1, "more" end end, self, nil
end})
for k, v in pairs(t) do print(k, v) end -- expect: 1	one
-- expect: 2	more
-- expect: 3	more
print(select("#", pairs(setmetatable({}, {__pairs = function() return 1, 2, 3, 4 end})))) -- expect: 3
print(pairs(setmetatable({}, {__pairs = function() return "a" end}))) -- expect: a	nil	nil
print(pcall(pairs)) -- expect: false	bad argument #1 to 'pairs' (value expected)
print(select("#", pairs(nil)), pcall(function() for k in pairs(nil) do end end)) -- expect: 3	false	pairs_metamethod_supplies_the_iterator.lua:10: bad argument #1 to 'for iterator' (table expected, got nil)
print(pcall(function() for k in pairs(5) do end end)) -- expect: false	pairs_metamethod_supplies_the_iterator.lua:11: bad argument #1 to 'for iterator' (table expected, got number)
for k, v in pairs(setmetatable({5}, {__index = {6, 7}})) do print(k, v) end -- expect: 1	5
