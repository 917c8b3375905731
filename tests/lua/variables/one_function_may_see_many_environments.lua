-- The same code with globals in a small table, in a large one, inherited and
-- absent, each met more than once.
local function new(_ENV)
  return function() return word end
end
local large = {a = 1, b = 2, c = 3, d = 4}
large.e, large.f, large.g, large.word = 5, 6, 7, "large"
local many = {word = "dictionary"}
for i = 1, 100 do
  many["field" .. i] = i
end
local readers = {
  new {word = "small"},
  new(large),
  new(setmetatable({z = 1}, {__index = {word = "inherited"}})),
  new(many),
  new {other = 1},
  new(setmetatable({z = 1}, {__index = function(_, name) return name end})),
}
for _ = 1, 3 do
  for i = 1, #readers do
    io.write(tostring(readers[i]()), " ", tostring(readers[i]()), " ")
  end
  for i = #readers, 1, -1 do
    io.write(tostring(readers[i]()), " ")
  end
  print() -- expect: small small large large inherited inherited dictionary dictionary nil nil word word word nil dictionary inherited large small
  -- expect: small small large large inherited inherited dictionary dictionary nil nil word word word nil dictionary inherited large small
  -- expect: small small large large inherited inherited dictionary dictionary nil nil word word word nil dictionary inherited large small
end
