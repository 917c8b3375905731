for i = 1.0, 3 do print(i, math.type(i)) end -- expect: 1.0	float
-- expect: 2.0	float
-- expect: 3.0	float
for i = 1, 2, 0.5 do print(i) end -- expect: 1.0
-- expect: 1.5
-- expect: 2.0
for i = 3, 1, -1.0 do print(i) end -- expect: 3.0
-- expect: 2.0
-- expect: 1.0
for i = 1, 3.0 do print(math.type(i)) break end -- expect: integer
for i = math.huge, math.huge do print(i) break end -- expect: inf
