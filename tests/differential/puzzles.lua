-- Queens, sudoku, life, hanoi, knights, mazes: search and recursion.
local function queens(n)
  local count, first = 0
  local cols, d1, d2, pos = {}, {}, {}, {}
  local function place(r)
    if r > n then count = count + 1 first = first or table.concat(pos, " ") return end
    for c = 1, n do
      if not (cols[c] or d1[r + c] or d2[r - c]) then
        cols[c], d1[r + c], d2[r - c], pos[r] = true, true, true, c
        place(r + 1)
        cols[c], d1[r + c], d2[r - c] = nil
      end
    end
  end
  place(1)
  return count, first
end
for n = 1, 7 do print(n, queens(n)) end
local grid = {}
for row in ("53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"):gmatch(".........") do
  local r = {}
  for c in row:gmatch(".") do r[#r + 1] = tonumber(c) or 0 end
  grid[#grid + 1] = r
end
local tries = 0
local function solve()
  for r = 1, 9 do for c = 1, 9 do
    if grid[r][c] == 0 then
      for v = 1, 9 do
        local ok = true
        for i = 1, 9 do
          local br, bc = (r - 1) // 3 * 3 + (i - 1) // 3 + 1, (c - 1) // 3 * 3 + (i - 1) % 3 + 1
          if grid[r][i] == v or grid[i][c] == v or grid[br][bc] == v then ok = false break end
        end
        if ok then
          tries = tries + 1
          grid[r][c] = v
          if solve() then return true end
          grid[r][c] = 0
        end
      end
      return false
    end
  end end
  return true
end
print(solve(), tries)
for _, r in ipairs(grid) do print(table.concat(r)) end
local W, H = 16, 8
local cells = setmetatable({}, {__index = function() return 0 end})
for _, p in ipairs {{2, 1}, {3, 2}, {1, 3}, {2, 3}, {3, 3}, {10, 4}, {11, 4}, {12, 4}} do cells[p[2] * W + p[1]] = 1 end
local function step(cs)
  local new = setmetatable({}, getmetatable(cs))
  for y = 0, H - 1 do for x = 0, W - 1 do
    local n = 0
    for dy = -1, 1 do for dx = -1, 1 do
      if dx ~= 0 or dy ~= 0 then n = n + cs[(y + dy) % H * W + (x + dx) % W] end
    end end
    if n == 3 or n == 2 and cs[y * W + x] == 1 then new[y * W + x] = 1 end
  end end
  return new
end
for gen = 0, 12 do
  if gen % 4 == 0 then
    for y = 0, H - 1 do
      local l = {}
      for x = 0, W - 1 do l[#l + 1] = cells[y * W + x] == 1 and "#" or "." end
      print(table.concat(l))
    end
    print("--", gen)
  end
  cells = step(cells)
end
local moves, pegs = 0, {{4, 3, 2, 1}, {}, {}}
local function hanoi(n, a, b, c)
  if n == 0 then return end
  hanoi(n - 1, a, c, b)
  pegs[c][#pegs[c] + 1] = table.remove(pegs[a])
  moves = moves + 1
  if moves % 5 == 0 then print(moves, table.concat(pegs[1], ","), table.concat(pegs[2], ","), table.concat(pegs[3], ",")) end
  return hanoi(n - 1, b, a, c)
end
hanoi(4, 1, 2, 3)
print(moves, #pegs[3])
local function ack(m, n) if m == 0 then return n + 1 elseif n == 0 then return ack(m - 1, 1) end return ack(m - 1, ack(m, n - 1)) end
local function tak(x, y, z) if y >= x then return z end return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y)) end
print(ack(2, 5), ack(3, 3), tak(10, 5, 2))
local memo = setmetatable({}, {__mode = "k"})
local function collatz(n) local s = 0 while n ~= 1 do n = n % 2 == 0 and n // 2 or 3 * n + 1 s = s + 1 end return s end
local best, at = 0, 0
for i = 1, 3000 do local c = collatz(i) if c > best then best, at = c, i end end
print(best, at)
local sieve, primes = {}, {}
for i = 2, 200 do if not sieve[i] then primes[#primes + 1] = i for j = i * i, 200, i do sieve[j] = true end end end
print(#primes, table.concat(primes, " "))
