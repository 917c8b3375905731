-- Arbitrary precision integers by base 10^7 digits.
local BASE, WIDTH = 10000000, 7
local Big = {}
Big.__index = Big
local function norm(a) while #a > 1 and a[#a] == 0 do a[#a] = nil end if #a == 1 and a[1] == 0 then a.neg = false end return setmetatable(a, Big) end
local function big(x)
  if type(x) == "table" then return x end
  local s = type(x) == "number" and ("%d"):format(x) or x
  local r = {neg = s:sub(1, 1) == "-"}
  s = s:gsub("^-", "")
  for i = #s, 1, -WIDTH do r[#r + 1] = tonumber(s:sub(math.max(1, i - WIDTH + 1), i)) end
  return norm(r)
end
local function cmp(a, b)
  if #a ~= #b then return #a < #b and -1 or 1 end
  for i = #a, 1, -1 do if a[i] ~= b[i] then return a[i] < b[i] and -1 or 1 end end
  return 0
end
local function addabs(a, b)
  local r, c = {}, 0
  for i = 1, math.max(#a, #b) do local s = (a[i] or 0) + (b[i] or 0) + c r[i], c = s % BASE, s // BASE end
  if c > 0 then r[#r + 1] = c end
  return r
end
local function subabs(a, b)
  local r, c = {}, 0
  for i = 1, #a do local s = a[i] - (b[i] or 0) - c if s < 0 then s, c = s + BASE, 1 else c = 0 end r[i] = s end
  return r
end
Big.__add = function(a, b)
  a, b = big(a), big(b)
  local r
  if a.neg == b.neg then r = addabs(a, b) r.neg = a.neg
  elseif cmp(a, b) >= 0 then r = subabs(a, b) r.neg = a.neg
  else r = subabs(b, a) r.neg = b.neg end
  return norm(r)
end
Big.__unm = function(a) local r = table.move(a, 1, #a, 1, {neg = not a.neg}) return norm(r) end
Big.__sub = function(a, b) return big(a) + -big(b) end
Big.__mul = function(a, b)
  a, b = big(a), big(b)
  local r = {neg = a.neg ~= b.neg}
  for i = 1, #a + #b do r[i] = 0 end
  for i = 1, #a do
    local c = 0
    for j = 1, #b do local s = r[i + j - 1] + a[i] * b[j] + c r[i + j - 1], c = s % BASE, s // BASE end
    r[i + #b] = r[i + #b] + c
  end
  return norm(r)
end
local function divsmall(a, n)
  local r, rem = {neg = a.neg}, 0
  for i = #a, 1, -1 do local cur = rem * BASE + a[i] r[i], rem = cur // n, cur % n end
  return norm(r), rem
end
Big.__idiv = function(a, n) return (divsmall(big(a), n)) end
Big.__mod = function(a, n) return select(2, divsmall(big(a), n)) end
Big.__pow = function(a, n) local r = big(1) while n > 0 do if n & 1 == 1 then r = r * a end a = a * a n = n >> 1 end return r end
Big.__eq = function(a, b) return a.neg == b.neg and cmp(a, b) == 0 end
Big.__lt = function(a, b) a, b = big(a), big(b) if a.neg ~= b.neg then return a.neg end local c = cmp(a, b) return a.neg and c > 0 or not a.neg and c < 0 end
Big.__le = function(a, b) return not (big(b) < big(a)) end
Big.__tostring = function(a) local t = {} for i = #a, 1, -1 do t[#t + 1] = i == #a and ("%d"):format(a[i]) or ("%07d"):format(a[i]) end return (a.neg and "-" or "") .. table.concat(t) end
Big.__len = function(a) return rawlen(a) end
Big.__concat = function(a, b) return tostring(a) .. tostring(b) end
local f = big(1)
for i = 1, 60 do f = f * i if i % 12 == 0 then print(i, f) end end
print(big(2) ^ 200, big(3) ^ 100 - big(2) ^ 150, "digits " .. #tostring(big(7) ^ 300))
local a, b = big(0), big(1)
for i = 1, 300 do a, b = b, a + b end
print(a, a // 1000, a % 1000, a % 9999991)
print(big("-123456789012345678901234567890") + 1, big("1" .. ("0"):rep(30)) - 1, -big(5) * -3, big(5) - 5, -big(0))
print(big(10) < big(9), big(-10) < 9, big(-10) < big(-9), big(5) <= 5, big("99999999999999999999") > 5, big(3) == big("3"), big(3) ~= big(-3))
local p, q, n = big(1), big(3), 0
local pi, scale = big(0), big(10) ^ 50
local function arctan(inv)
  local x = scale // inv
  local sum, term, k, sign = x, x, 3, -1
  while cmp(term, big(0)) ~= 0 do
    term = term // (inv * inv)
    sum = sum + (term // k) * sign
    sign, k = -sign, k + 2
  end
  return sum
end
print((arctan(5) * 16 - arctan(239) * 4) // 100000)
local e, term = big(0), scale
local k = 1
while cmp(term, big(0)) ~= 0 do e = e + term term = term // k k = k + 1 end
print(e, k)
local x = big("123456789")
for i = 1, 6 do x = x * x % 999983 + big(i) ^ 5 io.write(tostring(x), " ") end
print(pcall(function() return big(1) + {} end))
