-- Tables made in the depth of a recursion whose frames all hold one, beside
-- tables that stay: a big stack which the collector must not scan at once.
-- quick: 2000
-- peers: lua5.4

local DEPTH = tonumber((...)) or 50000
local HOW = select(2, ...) or "plain" -- plain, upvalue, waves
local LIVE = DEPTH * 4
local MADE = DEPTH * 60

local live = {}
for i = 1, LIVE do live[i] = {i} end

local sum = 0
local function work(n)
  for i = 1, n do
    local t = {i}
    sum = (sum + t[1]) % 1000003
  end
end

local function plain(n)
  local t = {n}
  if n > 0 then plain(n - 1) else work(MADE) end
  sum = (sum + t[1]) % 1000003
end

local reader
local function upvalue(n)
  local t = {n}
  local function read() return t[1] end
  reader = read
  if n > 0 then upvalue(n - 1) else work(MADE) end
  sum = (sum + read()) % 1000003
end

-- up and down again and again
local function waves(n)
  for i = 1, 6 do
    plain(n)
    MADE = DEPTH
  end
end

local run = {plain = plain, upvalue = upvalue, waves = waves}
run[HOW](DEPTH)
for i = 1, LIVE do sum = (sum + live[i][1]) % 1000003 end
print(string.format("deep_stack %d %s", sum, HOW))
