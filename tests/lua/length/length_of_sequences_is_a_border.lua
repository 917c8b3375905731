print(#{}, #{1}, #{1, 2, 3}, #{nil}, #{n = 1}) -- expect: 0	1	3	0	0
local t = {}
for i = 1, 100 do t[i] = i end
print(#t) -- expect: 100
t[#t] = nil
print(#t) -- expect: 99
t[#t + 1] = "x"
print(#t, t[100]) -- expect: 100	x
for i = 100, 51, -1 do t[i] = nil end
print(#t) -- expect: 50
local h = {}
for i = 10, 1, -1 do h[i] = i end
print(#h) -- expect: 10
local u = {10, 20, 30, nil}
print(#u) -- expect: 3
print(#{1, 2, 3, [5] = 5} == 3 or #{1, 2, 3, [5] = 5} == 5) -- expect: true
