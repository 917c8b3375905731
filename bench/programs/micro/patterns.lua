-- Pattern matching over a log: find, match, gmatch, gsub with string, table
-- and function replacements, anchors, captures, %b and %f.
-- quick: 4
-- peers: lua5.4 luajit

local N = tonumber((...)) or 220

local LEVELS = { "debug", "info", "warning", "error" }
local HOSTS = { "alpha", "beta.example", "gamma-3", "delta" }

local lines = {}
for i = 1, 250 do
  lines[i] = string.format(
    "2024-%02d-%02d %02d:%02d:%02d [%s] host=%s user=u%d took %d.%03d s: "
      .. "request(%d, \"path/%x\", (nested(%d))) done",
    i % 12 + 1, i % 28 + 1, i % 24, i % 60, (i * 7) % 60, LEVELS[i % 4 + 1],
    HOSTS[i % 3 + 1], i * 37 % 101, i % 3, i * 13 % 1000, i, i * 255, i)
end
local text = table.concat(lines, "\n")

local names = { host = "H", user = "U", took = "T", done = "." }

local function analyse(line)
  local year, month, day = line:match("^(%d+)-(%d+)-(%d+)")
  local level = line:match("%[(%a+)%]")
  local host, user = line:match("host=([%w%.%-]+)%s+user=(%w+)")
  local seconds = tonumber(line:match("took%s+([%d%.]+)"))
  local arguments = line:match("request(%b())")
  return tonumber(year) + month + day + #level + #host + #user + #arguments,
    seconds
end

local sum, took = 0, 0.0
for round = 1, N do
  for _, line in ipairs(lines) do
    local score, seconds = analyse(line)
    sum, took = sum + score, took + seconds
  end
  for key, value in text:gmatch("(%a+)=([%w%.%-]+)") do
    sum = sum + #key * #value
  end
  local _, upper = text:gsub("%f[%a]%a+", function(word)
    if #word > 6 then
      return word:upper()
    end
  end)
  local replaced, count = text:gsub("%a+", names)
  local trimmed = lines[round % #lines + 1]:gsub("^%d+%-%d+%-%d+%s*", "%0|")
  sum = sum + upper + count + #replaced + #trimmed
  local at, hits = 1, 0
  while true do
    local first, last = text:find("error", at, true)
    if not first then
      break
    end
    hits, at = hits + 1, last + 1
  end
  sum = sum + hits
end
print(string.format("patterns %d %.6f", sum, took))
