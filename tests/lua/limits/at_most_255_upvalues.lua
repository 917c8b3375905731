local function chunk(n)
  local t = {}
  local left = n
  local groups = 0
  while left > 0 do
    local k = math.min(left, 100)
    t[#t + 1] = "return (function() "
    for i = 1, k do t[#t + 1] = ("local v%d_%d = 1 "):format(groups, i) end
    left = left - k
    groups = groups + 1
  end
  t[#t + 1] = "return function() return 0"
  for g = 0, groups - 1 do
    for i = 1, math.min(100, n - g * 100) do t[#t + 1] = (" + v%d_%d"):format(g, i) end
  end
  t[#t + 1] = " end "
  t[#t + 1] = ("end)() "):rep(groups)
  return table.concat(t)
end
print(load(chunk(255), "=c")()()) -- expect: 255
print(load(chunk(256), "=c")) -- expect: nil	c:1: too many upvalues (limit is 255) in function at line 1 near 'end'
