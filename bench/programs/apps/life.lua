-- Conway's life on a torus: arrays of rows, eight neighbours a cell.
-- quick: 12
-- peers: lua5.4 luajit

local N = tonumber((...)) or 620

local WIDTH, HEIGHT = 120, 80

local function empty()
  local grid = {}
  for y = 1, HEIGHT do
    local row = {}
    for x = 1, WIDTH do
      row[x] = 0
    end
    grid[y] = row
  end
  return grid
end

local function stamp(grid, left, top, picture)
  local y = top
  for line in picture:gmatch("[^\n]+") do
    for x = 1, #line do
      if line:sub(x, x) == "O" then
        grid[y][left + x - 1] = 1
      end
    end
    y = y + 1
  end
end

local GUN = [[
........................O...........
......................O.O...........
............OO......OO............OO
...........O...O....OO............OO
OO........O.....O...OO..............
OO........O...O.OO....O.O...........
..........O.....O.......O...........
...........O...O....................
............OO......................
]]
local ACORN = [[
.O.....
...O...
OO..OOO
]]

local function step(grid, next_grid)
  for y = 1, HEIGHT do
    local above = grid[(y - 2) % HEIGHT + 1]
    local row = grid[y]
    local below = grid[y % HEIGHT + 1]
    local out = next_grid[y]
    for x = 1, WIDTH do
      local l = x > 1 and x - 1 or WIDTH
      local r = x < WIDTH and x + 1 or 1
      local around = above[l] + above[x] + above[r] + row[l] + row[r]
        + below[l] + below[x] + below[r]
      if around == 3 or around == 2 and row[x] == 1 then
        out[x] = 1
      else
        out[x] = 0
      end
    end
  end
  return next_grid, grid
end

local grid, spare = empty(), empty()
stamp(grid, 3, 3, GUN)
stamp(grid, 80, 50, ACORN)
for _ = 1, N do
  grid, spare = step(grid, spare)
end
local alive, sum = 0, 0
for y = 1, HEIGHT do
  for x = 1, WIDTH do
    if grid[y][x] == 1 then
      alive = alive + 1
      sum = (sum * 31 + y * WIDTH + x) % 1000003
    end
  end
end
print(string.format("life %d %d", alive, sum))
