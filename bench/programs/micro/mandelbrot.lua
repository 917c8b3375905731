-- Mandelbrot set: pure float arithmetic in locals.
-- quick: 150
-- peers: lua5.4 luajit

local N = tonumber((...)) or 1100

local LIMIT = 50

local function escape_time(cr, ci)
  local zr, zi = 0.0, 0.0
  for step = 1, LIMIT do
    local rr, ii = zr * zr, zi * zi
    if rr + ii > 4.0 then
      return step
    end
    zr, zi = rr - ii + cr, 2.0 * zr * zi + ci
  end
  return 0
end

local inside, sum = 0, 0
for row = 0, N - 1 do
  local ci = 2.0 * row / N - 1.0
  for column = 0, N - 1 do
    local steps = escape_time(3.0 * column / N - 2.0, ci)
    if steps == 0 then
      inside = inside + 1
    else
      sum = (sum * 31 + steps) % 1000003
    end
  end
end
print(string.format("mandelbrot %d %d", inside, sum))
