-- Protected calls: mostly successful, some failing with values, tables and
-- runtime errors, through several levels.
-- quick: 8000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 480000

local function parse_digit(text)
  local digit = tonumber(text)
  if not digit then
    error("not a digit: " .. text, 0)
  end
  return digit
end

local function fail_with(record)
  error(record)
end

local function deep(n, action, ...)
  if n == 0 then
    return action(...)
  end
  local result = deep(n - 1, action, ...)
  return result
end

local function divide(a, b)
  if b == 0 then
    error({ code = 33 })
  end
  return a / b
end

local inputs = { "1", "7", "x", "3", "9" }
local record = { code = 7 }
local good, bad, sum, trace = 0, 0, 0, 0
for i = 1, N do
  local ok, value = pcall(parse_digit, inputs[i % #inputs + 1])
  if ok then
    good, sum = good + 1, sum + value
  else
    bad, sum = bad + 1, sum + #value
  end
  ok, value = pcall(divide, i, i % 8)
  if ok then
    good, sum = good + 1, sum + math.floor(value)
  else
    bad, sum = bad + 1, sum + value.code
  end
  if i % 4 == 0 then
    ok, value = pcall(deep, 10, fail_with, record)
    sum = sum + (ok and 0 or value.code)
    ok = pcall(function() return i + nil end)
    bad = bad + (ok and 0 or 1)
    xpcall(deep, function(e)
      trace = trace + e.code
      return e
    end, 5, fail_with, record)
  end
end
print(string.format("errors %d %d %d %d", good, bad, sum, trace))
