-- All kinds of numeric for loops, with limits at the edges.
local max, min = math.maxinteger, math.mininteger
local function run(a, b, c)
  local n, first, last = 0
  local ok, err = pcall(function()
    for i = a, b, c do
      n = n + 1
      first, last = first or i, i
      if n == 50 then break end
    end
  end)
  local function s(v) return v == nil and "-" or type(v) == "table" and "{}" or tostring(v) end
  print(s(a), s(b), s(c), ok and n or (err:gsub("^.-:%d+: ", "")), s(first), s(last))
end
local points = {1, 3, -2, 0, 1.0, 2.5, -1.5, max, max - 1, min, min + 1, math.huge, -math.huge, 2.0^53, 2.0^63, -2.0^63, 1 << 50, -(1 << 50)}
for _, a in ipairs(points) do
  for _, b in ipairs {1, 5, 2.5, -3, max, min, math.huge, -math.huge, 2.0^63} do
    for _, c in ipairs {1, -1, 0.5, 3, max, min} do
      if not (c == 0.5 and math.abs(a) > 1e10) and not (a == math.huge) and a ~= -math.huge then run(a, b, c) end
    end
  end
end
for _, bad in ipairs {{"1", 2, 1}, {1, "2", 1}, {1, 2, "1"}, {1, 2, 0}, {1.0, 2, 0}, {1, 2, 0.0}, {{}, 2, 1}, {1, {}, 1}, {1, 2, {}}, {true, 1, 1}} do run(table.unpack(bad)) end
local nan = 0/0
local n = 0
for i = nan, 1 do n = n + 1 end
for i = 1, nan do n = n + 1 end
for i = 1, 2, nan do n = n + 1 end
print(n)
local t = {}
for i = 10, 1, -3 do t[#t + 1] = i end
for i = 1, 0 do t[#t + 1] = "never" end
for i = 0.1, 1, 0.3 do t[#t + 1] = ("%.1f"):format(i) end
for i = 3, 1 do t[#t + 1] = "never" end
for i = -3, -1 do t[#t + 1] = i end
print(table.concat(t, " "))
local fs = {}
for i = 1, 3 do for j = i, 3 do local k = i * j fs[#fs + 1] = function() k = k + 1 i = i + 1 return i, j, k end end end
for _, f in ipairs(fs) do f() io.write(table.concat({f()}, ","), " ") end
print()
for i = (1 << 50) - 2, (1 << 50) + 2 do io.write(i, " ") end
for i = -(1 << 50) + 1, -(1 << 50) - 2, -1 do io.write(i, " ") end
for i = 2.0^53 - 1, 2.0^53 + 2 do io.write(i, " ") if i == 2.0^53 then break end end
print()
local s = 0
for i = 1, 100 do if i % 3 == 0 then goto continue end if i > 50 then break end s = s + i ::continue:: end
print(s)
for i = 1, 3 do local i = i * 2 io.write(i, " ") i = 100 end
print()
local function lim() io.write("limit ") return 2 end
local function stp() io.write("step ") return 1 end
for i = (function() io.write("start ") return 1 end)(), lim(), stp() do io.write(i, " ") end
print()
