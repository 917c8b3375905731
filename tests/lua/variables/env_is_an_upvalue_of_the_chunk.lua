local env = {print = print}
local f = load("x = 5; print(x); return _ENV", "chunk", "t", env)
print(f() == env, env.x, x) -- expect: 5
-- expect: true	5	nil
local g = load("return function() return y end")
local h = g()
print((debug.getupvalue(h, 1)), select(2, debug.getupvalue(h, 1)) == _G) -- expect: _ENV	true
