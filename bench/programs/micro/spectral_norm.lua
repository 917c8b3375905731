-- Spectral norm of an infinite matrix by power iteration: float arrays, a call
-- per element.
-- quick: 80
-- peers: lua5.4 luajit

local N = tonumber((...)) or 520

local function element(i, j)
  local ij = i + j - 1
  return 1.0 / (ij * (ij - 1) * 0.5 + i)
end

local function times(n, x, y)
  for i = 1, n do
    local sum = 0
    for j = 1, n do
      sum = sum + x[j] * element(i, j)
    end
    y[i] = sum
  end
end

local function times_transposed(n, x, y)
  for i = 1, n do
    local sum = 0
    for j = 1, n do
      sum = sum + x[j] * element(j, i)
    end
    y[i] = sum
  end
end

local function power_step(n, x, y, scratch)
  times(n, x, scratch)
  times_transposed(n, scratch, y)
end

local u, v, scratch = {}, {}, {}
for i = 1, N do
  u[i] = 1
end
for _ = 1, 10 do
  power_step(N, u, v, scratch)
  power_step(N, v, u, scratch)
end
local uv, vv = 0, 0
for i = 1, N do
  uv = uv + u[i] * v[i]
  vv = vv + v[i] * v[i]
end
print(string.format("spectral_norm %.9f", math.sqrt(uv / vv)))
