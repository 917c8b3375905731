local M = require "moses"

local function show(v)
  if type(v) ~= "table" then
    return tostring(v)
  end
  local out = {}
  for i = 1, #v do
    out[i] = show(v[i])
  end
  return "{" .. table.concat(out, ",") .. "}"
end

local function p(...)
  local out = table.pack(...)
  for i = 1, out.n do
    out[i] = show(out[i])
  end
  print(table.concat(out, " "))
end

local r = M.range(1, 10)
p(r, M.range(0, 1, 0.25), M.rep("x", 3))
p(M.map(r, function(v) return v * v end))
p(M.select(r, function(v) return v % 2 == 0 end), M.reject(r, M.isInteger))
p(M.reduce(r, function(a, b) return a + b end), M.sum(r), M.product(r))
p(M.mean(r), M.median(r), M.max(r), M.min(r))
p(M.reverse(r), M.first(r, 3), M.last(r, 3), M.rest(r, 8), M.initial(r, 7))
p(M.flatten({ 1, { 2, { 3, { 4 } } } }), M.flatten({ 1, { 2, { 3 } } }, true))
p(M.unique({ 1, 2, 1, 3, 2 }), M.union({ 1, 2 }, { 2, 3 }))
p(M.intersection({ 1, 2, 3 }, { 2, 3, 4 }), M.difference({ 1, 2, 3 }, { 2 }))
p(M.sort({ 3, 1, 2 }), M.sortBy({ "ccc", "a", "bb" }, string.len))
p(M.interleave({ 1, 2 }, { 3, 4 }), M.concat({ 1, 2 }, "-"))
for _, pair in ipairs(M.zip({ 1, 2, 3 }, { "a", "b", "c" })) do
  p(pair)
end
for _, chunk in ipairs(M.chunk(r, function(v) return v // 4 end)) do
  p(chunk)
end
for part in M.partition(r, 4) do
  p(part)
end
for permutation in M.permutation({ "a", "b", "c" }) do
  p(permutation)
end
p(M.find(r, 4), M.detect(r, 11), M.include(r, 3), M.all(r, M.isNumber))
local twice = M.memoize(function(n) print("computed", n) return n * 2 end)
p(twice(4), twice(4), twice(5))
p(M.compose(function(x) return x + 1 end, function(x) return x * 2 end)(5))
p(M.curry(function(a, b, c) return a + b * c end, 3)(1)(2)(3))
p(M.partial(string.format, "%s-%s", "a")("b"), M.identity(1))
local counts = M.countBy(r, function(v) return v % 2 == 0 and "even" or "odd" end)
p(counts.even, counts.odd)
p(M.isEqual({ 1, { 2 } }, { 1, { 2 } }), M.isEqual({ 1 }, { 1, 2 }))
p(M.chain(r):map(function(v) return v * 3 end)
  :filter(function(v) return v > 10 end):value())
