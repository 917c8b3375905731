-- Fannkuch: flip prefixes of every permutation; short array loops and swaps.
-- quick: 7
-- peers: lua5.4 luajit

local N = tonumber((...)) or 9

local function flips(perm, work, n)
  for i = 1, n do
    work[i] = perm[i]
  end
  local count = 0
  local first = work[1]
  while first ~= 1 do
    local lo, hi = 1, first
    while lo < hi do
      work[lo], work[hi] = work[hi], work[lo]
      lo, hi = lo + 1, hi - 1
    end
    count = count + 1
    first = work[1]
  end
  return count
end

-- Steps `perm` to the next permutation by rotating ever longer prefixes;
-- `turns[i]` counts the rotations left of the prefix of length i.
local function advance(perm, turns, n)
  for i = 2, n do
    local first = perm[1]
    for j = 1, i - 1 do
      perm[j] = perm[j + 1]
    end
    perm[i] = first
    turns[i] = turns[i] - 1
    if turns[i] > 0 then
      return true
    end
    turns[i] = i
  end
  return false
end

local perm, work, turns = {}, {}, {}
for i = 1, N do
  perm[i], turns[i] = i, i
end
local most, checksum, sign = 0, 0, 1
for _ = 1, 2 do -- the last step leads back to the first permutation
  repeat
    local count = flips(perm, work, N)
    if count > most then
      most = count
    end
    checksum = checksum + sign * count
    sign = -sign
  until not advance(perm, turns, N)
end
print(string.format("fannkuch %d %d", most, checksum))
