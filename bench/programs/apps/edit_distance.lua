-- A spelling corrector: Levenshtein distances of words to a dictionary.
-- quick: 8
-- peers: lua5.4 luajit

local N = tonumber((...)) or 350

local byte = string.byte

local seed = 4711
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local function distance(a, b)
  local m, n = #a, #b
  if m == 0 or n == 0 then
    return m + n
  end
  local row = {}
  for j = 0, n do
    row[j] = j
  end
  for i = 1, m do
    local diagonal, ca = row[0], byte(a, i)
    row[0] = i
    for j = 1, n do
      local best = diagonal
      if ca ~= byte(b, j) then
        local up, left = row[j], row[j - 1]
        if up < best then
          best = up
        end
        if left < best then
          best = left
        end
        best = best + 1
      end
      diagonal, row[j] = row[j], best
    end
  end
  return row[n]
end

local dictionary = {}
for i = 1, 300 do
  local letters = {}
  for j = 1, 5 + random(6) do
    letters[j] = string.char(97 + random(14))
  end
  dictionary[i] = table.concat(letters)
end

local function misspell(word)
  local at = 1 + random(#word)
  local kind = random(3)
  if kind == 0 then
    return word:sub(1, at - 1) .. word:sub(at + 1)
  elseif kind == 1 then
    return word:sub(1, at) .. string.char(97 + random(14)) .. word:sub(at + 1)
  end
  return word:sub(1, at - 1) .. string.char(97 + random(14)) .. word:sub(at + 1)
end

local function correct(word)
  local best, least = nil, math.huge
  for _, candidate in ipairs(dictionary) do
    local d = distance(word, candidate)
    if d < least then
      best, least = candidate, d
    end
  end
  return best, least
end

local right, total = 0, 0
for _ = 1, N do
  local word = dictionary[1 + random(#dictionary)]
  local guess, far = correct(misspell(misspell(word)))
  if guess == word then
    right = right + 1
  end
  total = total + far
end
print(string.format("edit_distance %d %d", right, total))
