local function f(a, b, c) return a and b or c end
print(f(1, 2, 3), f(nil, 2, 3), f(1, nil, 3), f(1, false, nil)) -- expect: 2	3	3	nil
local function cond(a, b) if a and not b or b and not a then return "xor" end return "same" end
print(cond(true, false), cond(true, true), cond(nil, false), cond(nil, 1)) -- expect: xor	same	same	xor
local t = {a = 1 and 2, b = nil or "b", (false or 10)}
print(t.a, t.b, t[1]) -- expect: 2	b	10
local v = (1 > 2) or (2 > 1) and "yes"
print(v, not (1 > 2 and nil), 1 == 1 and 2 ~= 3) -- expect: yes	true	true
local i = 0
while i < 10 and (i ~= 5 or nil) do i = i + 1 end
print(i) -- expect: 5
