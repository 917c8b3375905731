-- A local is an operand where it is: assigned by a call in the other operand,
-- also one whose arguments branch, it has its new value.
local a, b, c = nil, 2, 3
local x = 1
local function set(...) x = 10 return ... end
local function reset() x = 1 return 0 end

print(x + set(5) + reset(), x + set(a and b or c) + reset())
print(x * set(a or b) + reset(), -x + set(not a and b) + reset())
print(x - set(b and c), reset(), x // set(a == nil and b or c), reset())
print(x < set(b or c), reset(), set(b and c) < x, reset())
print(x == set(b < c and 10 or 1), reset(), x ~= set(a and 1 or 10), reset())
print(x | set(b and (a or c) or 1), reset(), x << set(b == 2 and 1 or 2), reset())
-- several at once, and one in another
print(x + (set(a and b or c) + (x + set(b and 1))), reset())
print((x + set(a and b or 0)) * (x + set(b or c)), reset())
print(1 + (x + set(a and b or c)) * 2 - (b and x or c), reset())
-- values that are made, concatenated or passed are copied
print((x + 0) + set(a and b or c), reset(), x .. set(a and b or c), reset())
print(x, set(a and b or c), x, reset())
print((x or b) + set(a and b or c), reset(), (b and x) + set(a and b or c), reset())
local t = {x, set(a and b or c), x, reset()}
print(t[1], t[2], t[3])

-- tables and keys as operands
local list, key = {10, 20, 30, other = "o"}, 1
local other = {"x", "y", "z"}
local function swap(...) list, key = other, 2 return ... end
local function back() list, key = {10, 20, 30}, 1 return "" end
print(list[swap(a and b or c)], back(), list[key] .. swap(b and c), back())
print(list[swap(a or 1)], back(), (list[swap(a and 1 or 2)]), back())
list[swap(b and 3 or c)] = "set"
print(other[3], back(), list[3])
list[key] = swap(a and b or "new")
print(other[1], other[2], back(), list[1], list[2])
list.field = swap(b and "field" or c)
print(other.field, back(), list.field)

-- branches around the operand, calls in branches, and loops
local function mixed(p, n)
  local sum = 0
  for i = 1, n do
    local v = i
    local function bump(...) v = v + 100 return ... end
    if p and v + bump(i % 2 == 0 and 1 or 2) > 50 then sum = sum + v end
    sum = sum + (p and v * bump(i > 2 and b or c) or v - bump(p or 1))
    sum = (i == 2 and sum or v) + bump(not p and b or c) - (sum and v or 0)
  end
  return sum
end
print(mixed(true, 5), mixed(false, 5))
print(pcall(function() local n return n + set(a and b or c) end))
print(pcall(function() local n return n < set(a and b or c) end))
print(pcall(function() local n return n[set(a and b or c)] end))
reset()

-- with metamethods instead of calls
local m = setmetatable({}, {__eq = function() x = 7 return true end,
                            __index = function(_, k) x = k return k end})
print(x + (m == setmetatable({}, getmetatable(m)) and b or c), reset())
print(x + (m[5] and m[6] or c), reset(), x + m[a and b or c], reset())

-- in coroutines, while a hook sets the local
local co = coroutine.wrap(function()
  local y = 1
  return y + coroutine.yield(function(v) y = v end, a and b or c)
end)
local sety = co()
sety(100)
print(co(a and b or c))
