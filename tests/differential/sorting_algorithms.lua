-- Several sorts over several orders, checked against each other.
local function lcg(seed) return function(n) seed = (seed * 1103515245 + 12345) % 2147483648 return seed % n end end
local algorithms = {}
function algorithms.insertion(a, lt)
  for i = 2, #a do
    local v, j = a[i], i - 1
    while j > 0 and lt(v, a[j]) do a[j + 1] = a[j] j = j - 1 end
    a[j + 1] = v
  end
end
function algorithms.quick(a, lt)
  local function qs(lo, hi)
    if lo >= hi then return end
    local p, i, j = a[(lo + hi) // 2], lo, hi
    while i <= j do
      while lt(a[i], p) do i = i + 1 end
      while lt(p, a[j]) do j = j - 1 end
      if i <= j then a[i], a[j] = a[j], a[i] i = i + 1 j = j - 1 end
    end
    qs(lo, j)
    return qs(i, hi)
  end
  qs(1, #a)
end
function algorithms.merge(a, lt)
  local function ms(t)
    if #t < 2 then return t end
    local mid = #t // 2
    local l, r = ms(table.move(t, 1, mid, 1, {})), ms(table.move(t, mid + 1, #t, 1, {}))
    local out, i, j = {}, 1, 1
    while i <= #l and j <= #r do
      if lt(r[j], l[i]) then out[#out + 1] = r[j] j = j + 1
      else out[#out + 1] = l[i] i = i + 1 end
    end
    table.move(l, i, #l, #out + 1, out)
    table.move(r, j, #r, #out + 1, out)
    return out
  end
  table.move(ms(a), 1, #a, 1, a)
end
function algorithms.heap(a, lt)
  local function sift(i, n)
    while true do
      local c = 2 * i
      if c > n then return end
      if c < n and lt(a[c], a[c + 1]) then c = c + 1 end
      if not lt(a[i], a[c]) then return end
      a[i], a[c] = a[c], a[i]
      i = c
    end
  end
  for i = #a // 2, 1, -1 do sift(i, #a) end
  for n = #a, 2, -1 do a[1], a[n] = a[n], a[1] sift(1, n - 1) end
end
function algorithms.library(a, lt) table.sort(a, lt) end
local names = {"insertion", "quick", "merge", "heap", "library"}
local orders = {
  {"ascending", function(a, b) return a < b end},
  {"descending", function(a, b) return a > b end},
  {"by last digit", function(a, b) return a % 10 * 10000 + a < b % 10 * 10000 + b end},
}
for _, size in ipairs {0, 1, 2, 10, 100, 333} do
  for _, order in ipairs(orders) do
    local results = {}
    for _, name in ipairs(names) do
      local rnd, a = lcg(size + 7), {}
      for i = 1, size do a[i] = rnd(1000) end
      algorithms[name](a, order[2])
      results[#results + 1] = table.concat(a, ",")
    end
    local same = true
    for i = 2, #results do same = same and results[i] == results[1] end
    print(size, order[1], same, #results[1], results[1]:sub(1, 40))
  end
end
local words = {}
for w in ("the quick brown fox jumps over the lazy dog and runs away from it all"):gmatch("%a+") do words[#words + 1] = w end
for _, name in ipairs(names) do
  local a = table.move(words, 1, #words, 1, {})
  algorithms[name](a, function(x, y) if #x ~= #y then return #x < #y end return x < y end)
  print(name, table.concat(a, " "))
end
print(pcall(algorithms.library, {3, "x", 1}, function(a, b) return a < b end))
