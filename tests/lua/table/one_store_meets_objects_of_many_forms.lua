-- One assignment to a field in a function: objects with the field early, late,
-- absent, nil, in a table used as a dictionary, or watched by a metatable; in a
-- metatable itself it takes effect at once.
local function set(t, v) t.next = v end
local early, late, absent = { next = 1 }, { a = 1, b = 2, next = 3 }, { a = 1 }
local many = {}
for i = 1, 100 do many["k" .. i] = i end
local seen = 0
local watched = setmetatable({ c = 1, next = 5 }, {
  __newindex = function(t, k, v) seen = seen + 1; rawset(t, k, v) end,
})
for round = 1, 4 do
  for i, t in ipairs({ early, late, absent, many, watched, late, early }) do
    set(t, round * 10 + i)
  end
  print(early.next, late.next, absent.next, many.next, watched.next, seen) -- expect: 17	16	13	14	15	0
  -- expect: 27	26	23	24	25	0
  if round == 2 then
    set(watched, nil)
    set(late, nil)
    print(watched.next, late.next) -- expect: nil	nil
    -- expect: 37	36	33	34	35	1
    -- expect: 47	46	43	44	45	1
  end
end
local function index(t, v) t.__index = v end
local class, other = { __index = { x = 1 } }, { a = 1, __index = 0 }
local object = setmetatable({}, class)
for i = 1, 3 do
  index(other, i)
  index(class, { x = i })
  index({ b = 1, __index = 1 }, i)
  print(object.x, other.__index) -- expect: 1	1
  -- expect: 2	2
  -- expect: 3	3
end
print(pcall(set, nil, 1)) -- expect: false	one_store_meets_objects_of_many_forms.lua:4: attempt to index a nil value (local 't')
print(pcall(set, 5, 1)) -- expect: false	one_store_meets_objects_of_many_forms.lua:4: attempt to index a number value (local 't')
