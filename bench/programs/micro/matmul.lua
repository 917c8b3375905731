-- Dense matrix product over arrays of rows.
-- quick: 70
-- peers: lua5.4 luajit

local N = tonumber((...)) or 300

local function fill(n, seed)
  local m = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do
      row[j] = ((i - j) * (i + j - seed)) / (n * n)
    end
    m[i] = row
  end
  return m
end

local function transpose(m)
  local t = {}
  for j = 1, #m[1] do
    local row = {}
    for i = 1, #m do
      row[i] = m[i][j]
    end
    t[j] = row
  end
  return t
end

local function multiply(a, b)
  local columns = transpose(b)
  local product = {}
  for i = 1, #a do
    local left, row = a[i], {}
    for j = 1, #columns do
      local right, sum = columns[j], 0.0
      for k = 1, #left do
        sum = sum + left[k] * right[k]
      end
      row[j] = sum
    end
    product[i] = row
  end
  return product
end

local c = multiply(fill(N, 2), fill(N, 3))
local trace, total = 0.0, 0.0
for i = 1, N do
  trace = trace + c[i][i]
  for j = 1, N do
    total = total + c[i][j] * (j % 3 - 1)
  end
end
print(string.format("matmul %.9f %.9f", trace, total))
