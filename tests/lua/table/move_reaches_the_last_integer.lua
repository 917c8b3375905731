-- A range may end at the largest integer: nothing overflows on the way there.
local t = table.move({[0] = "a", "b"}, 0, 1, math.maxinteger - 1)
print(t[math.maxinteger - 1], t[math.maxinteger]) -- expect: a	b
local u = table.move(t, math.maxinteger - 1, math.maxinteger, 1)
print(u[1], u[2]) -- expect: a	b
