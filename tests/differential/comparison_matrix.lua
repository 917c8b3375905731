-- Every ordering of interesting numbers, in all instruction forms.
local nums = {math.mininteger, math.mininteger + 1, -(1 << 53) - 1, -2.0^53, -(1 << 50) - 1, -(1 << 50), -1.5, -1, -0.5, -0.0, 0, 5e-324, 0.5, 1, 1.0, 1.5,
  2, (1 << 50) - 1, 1 << 50, (1 << 53) - 1, 2.0^53, (1 << 53) + 1, 2.0^62, 1 << 62, math.maxinteger - 1, math.maxinteger, 2.0^63, -2.0^63, 1e308, math.huge, -math.huge}
local function bits(...) local s = "" for i = 1, select("#", ...) do s = s .. (select(i, ...) and "1" or "0") end return s end
for i, a in ipairs(nums) do
  local row = {}
  for j, b in ipairs(nums) do
    local branches = 0
    if a < b then branches = branches + 1 end
    if a <= b then branches = branches + 2 end
    if not (a > b) then branches = branches + 4 end
    if not (a >= b) then branches = branches + 8 end
    if a == b then branches = branches + 16 end
    if a ~= b then branches = branches + 32 end
    row[#row + 1] = bits(a < b, a <= b, a > b, a >= b, a == b, a ~= b) .. ":" .. branches
  end
  print(a, table.concat(row, " "))
end
local nan = 0/0
for _, a in ipairs(nums) do io.write(bits(a < nan, a <= nan, a > nan, a >= nan, a == nan, a ~= nan, nan < a, nan >= a, not (nan < a), nan == nan), " ") end
print()
for _, x in ipairs(nums) do
  print(x, bits(x < 0, x <= 0, x > 0, x >= 0, x == 0, 0 < x, 0 >= x, x < 1.5, x >= -1.5, x == 1, 1 == x, x < 100, 100 <= x, x ~= 2, x == "1"))
end
local keys = {}
for i, a in ipairs(nums) do keys[a] = (keys[a] or "") .. i .. "," end
for i, a in ipairs(nums) do io.write(keys[a], " ") end
print()
local sorted = table.move(nums, 1, #nums, 1, {})
table.sort(sorted)
for _, v in ipairs(sorted) do io.write(tostring(v), " ") end
print(math.max(table.unpack(nums)), math.min(table.unpack(nums)))
local strs = {"", "a", "A", "aa", "ab", "b", "a\0", "a\0b", "\255", "10", "9", ("x"):rep(50), ("x"):rep(50) .. "y"}
for _, a in ipairs(strs) do
  local row = {}
  for _, b in ipairs(strs) do row[#row + 1] = bits(a < b, a <= b, a > b, a >= b, a == b) end
  print(("%q"):format(a):sub(1, 12), table.concat(row, " "))
end
for _, pair in ipairs {{1, "1"}, {"a", 1}, {{}, {}}, {nil, 1}, {true, false}, {print, print}, {{}, 1}, {"x", {}}} do
  local a, b = pair[1], pair[2]
  print(select(2, pcall(function() return a < b end)), select(2, pcall(function() return a >= b end)), a == b)
end
