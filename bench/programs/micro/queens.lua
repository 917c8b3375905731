-- All solutions of the N queens puzzle: recursion over boolean arrays.
-- quick: 9
-- peers: lua5.4 luajit

local N = tonumber((...)) or 12

local column_taken, rising_taken, falling_taken = {}, {}, {}
local placed = {}
local solutions, checksum = 0, 0

local function record()
  solutions = solutions + 1
  local code = 0
  for row = 1, N do
    code = (code * 13 + placed[row]) % 1000003
  end
  checksum = (checksum + code) % 1000003
end

local function place(row)
  if row > N then
    return record()
  end
  for column = 1, N do
    local rising, falling = row + column, row - column + N
    if not (column_taken[column] or rising_taken[rising]
            or falling_taken[falling]) then
      column_taken[column] = true
      rising_taken[rising] = true
      falling_taken[falling] = true
      placed[row] = column
      place(row + 1)
      column_taken[column] = false
      rising_taken[rising] = false
      falling_taken[falling] = false
    end
  end
end

place(1)
print(string.format("queens %d %d", solutions, checksum))
