print(7 % 3, -7 % 3, 7 % -3, -7 % -3) -- expect: 1	2	-2	-1
print(7.5 % 2, -7.5 % 2, 7.5 % -2, -7.5 % -2) -- expect: 1.5	0.5	-0.5	-1.5
print(6 % 3, -6 % 3, 6.0 % -3, -6.0 % 3) -- expect: 0	0	0.0	-0.0
print(5 % math.huge, -5 % math.huge, 5 % -math.huge, -5 % -math.huge) -- expect: 5.0	inf	-inf	-5.0
print(0 % 5, -0.0 % 5, 0.0 % -5) -- expect: 0	-0.0	0.0
print(math.mininteger % -1, math.mininteger % 10, math.maxinteger % -2) -- expect: 0	2	-1
print(5.3 % 0.25, 1e15 % 7, 2^53 % 3, -1 % 2^53) -- expect: 0.05	6.0	2.0	9.007199254741e+15
local r = math.huge % 2
print(r ~= r) -- expect: true
r = 5.0 % 0
print(r ~= r) -- expect: true
