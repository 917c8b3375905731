local function f() return 1, 2, 3 end
local function none() end
print(#{f()}, #{f(), f()}, #{f(), 10}, #{(f())}, #{none()}, #{f(), none()}) -- expect: 3	4	2	1	0	1
local function g(...) return {...}, {..., "end"}, {"start", ...} end
local a, b, c = g(1, 2, 3)
print(#a, #b, #c, b[2], c[4]) -- expect: 3	2	4	end	3
print(#{f(), nil} , #{x = f()}, ({x = f()}).x) -- expect: 1	0	1
print(select("#", table.unpack({f(), f(), n = f()}))) -- expect: 2
print(#{("a"):byte(1, -1)}, #{("abc"):byte(1, -1)}) -- expect: 1	3
