print("a" .. "b", 1 .. 2, "x" .. 1.0, 2^53 .. "", -1 .. "") -- expect: ab	12	x1.0	9.007199254741e+15	-1
print("a" .. "b" .. "c" .. "d" .. 1 .. 2 .. 3) -- expect: abcd123
print("" .. "", #("" .. ""), "a" .. "") -- expect: 	0	a
local s = ""
for i = 1, 10 do s = s .. i .. "," end
print(s) -- expect: 1,2,3,4,5,6,7,8,9,10,
print(("x"):rep(50) .. ("y"):rep(50)) -- expect: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy
print(1e100 .. "|" .. 0x10 .. "|" .. 1/3) -- expect: 1e+100|16|0.33333333333333
