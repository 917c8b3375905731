-- Calls whose last argument gives many values, returns of many values to
-- callers that want none, one, some or all, through Lua and C functions.
local function three() return 1, 2, 3 end
local function none() end
local function pass(...) return ... end
local function count(...) return select("#", ...) end
local function first(a) return a end
local function mixed(a, b, ...) return b, a, ... end
print(three(), (three()), count(three()), count(none()), count((none()))) -- expect: 1	1	3	0	1
local a, b = three()
local c, d, e, f, g = three()
print(a, b, c, d, e, f, g) -- expect: 1	2	1	2	3	nil	nil
local h, i = none()
print(h, i, first(three()), first(none())) -- expect: nil	nil	1	nil
print(pass(), pass(nil), pass(three()), pass(pass(three()))) -- expect: nil	nil	1	1	2	3
print(mixed(), mixed(1), mixed(1, 2, 3, 4)) -- expect: nil	nil	2	1	3	4
local x, y, z = mixed(three())
print(x, y, z) -- expect: 2	1	3
print(math.max(three()), select(2, three()), string.byte("abc", 1, -1)) -- expect: 3	2	97	98	99
local p, q, r, s = string.byte("abc", 1, -1)
print(p, q, r, s) -- expect: 97	98	99	nil
print(({ three(), three() })[4], #{ pass(three()) }, #{ none(), none() }) -- expect: 3	3	0
local function tail(...) return pass(...) end
print(tail(), tail(nil, nil), count(tail(nil, nil))) -- expect: nil	nil	2
local function many(n) return table.unpack({}, 1, n) end
print(count(many(200)), count(pass(many(5000))), (select(-1, pass(many(300), 7)))) -- expect: 200	5000	7
local function forward(f, ...) return f(...) end
print(forward(forward, forward, math.max, 3, 9, 4)) -- expect: 9
local function keeps(...)
  local function get() return a, b end
  local one, two, three = ...
  a, b = two, three
  return get()
end
print(keeps(4, 5, 6)) -- expect: 5	6
