local function f(...)
  local before = select("#", ...)
  string.rep("x", 10)
  pcall(error, "x")
  return before, ...
end
print(f(1, nil, 2)) -- expect: 3	1	nil	2
local co = coroutine.wrap(function(...)
  local got = coroutine.yield(...)
  return got, ...
end)
print(co("a", "b", nil)) print(co("later")) -- expect: a	b	nil
-- expect: later	a	b	nil
local function rec(n, ...) if n == 0 then return ... end return rec(n - 1, n, ...) end
print(rec(5)) print(select("#", rec(200))) -- expect: 1	2	3	4	5
-- expect: 200
local function pass(...) return pcall(function(...) return ... end, ...) end
print(pass(1, nil, 3)) -- expect: true	1	nil	3
