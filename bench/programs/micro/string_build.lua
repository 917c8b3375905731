-- Building strings: repeated .., multi-operand .., table.concat, rep, sub,
-- reverse, upper, byte and char.
-- quick: 90
-- peers: lua5.4 luajit

local N = tonumber((...)) or 4800

local byte, char, sub = string.byte, string.char, string.sub

local function appended(n)
  local text = ""
  for i = 1, n do
    text = text .. i .. ","
  end
  return text
end

local function collected(n)
  local parts = {}
  for i = 1, n do
    parts[#parts + 1] = "<" .. i .. ":" .. i * i .. ">"
  end
  return table.concat(parts, " ")
end

local function caesar(text, shift)
  local out = {}
  for i = 1, #text do
    local c = byte(text, i)
    if c >= 97 and c <= 122 then
      c = (c - 97 + shift) % 26 + 97
    end
    out[i] = char(c)
  end
  return table.concat(out)
end

local function checksum(text, sum)
  for i = 1, #text, 7 do
    sum = (sum * 31 + byte(text, i)) % 1000003
  end
  return sum
end

local function is_palindrome(text)
  for i = 1, math.floor(#text / 2) do
    if sub(text, i, i) ~= sub(text, -i, -i) then
      return false
    end
  end
  return true
end

local sum, palindromes = 0, 0
for round = 1, N do
  local text = appended(150 + round % 7)
  sum = checksum(text, sum)
  sum = checksum(collected(120), sum)
  sum = checksum(caesar("the quick brown fox jumps over " .. round, round), sum)
  sum = checksum((sub(text, 20, 60)):reverse():upper():rep(3, "-"), sum)
  for n = round, round + 60 do
    if is_palindrome(tostring(n)) then
      palindromes = palindromes + 1
    end
  end
end
print(string.format("string_build %d %d", sum, palindromes))
