local function level(n)
  local ok, e = pcall(function()
    if n == 0 then error("bottom", 0) end
    level(n - 1)
    error("level " .. n, 0)
  end)
  print(n, ok, e) -- expect: 0	false	bottom
  -- expect: 1	false	level 1
  -- expect: 2	false	level 2
  -- expect: 3	false	level 3
end
level(3)
local ok, e = pcall(function()
  local ok, e = pcall(error, "inner", 0)
  error("outer(" .. e .. ")", 0)
end)
print(ok, e) -- expect: false	outer(inner)
local depth = 0
local function rec() depth = depth + 1 if depth < 150 then local ok, e = pcall(rec) error(e, 0) end error("deepest", 0) end
print(pcall(rec)) -- expect: false	deepest
print(depth) -- expect: 150
