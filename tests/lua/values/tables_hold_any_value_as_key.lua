local co = coroutine.create(print)
local t = {}
t[true], t[false], t[print], t[co], t[1.25] = 1, 2, 3, 4, 5
t[""], t["\0"], t[-1], t[math.mininteger], t[math.maxinteger] = 6, 7, 8, 9, 10
print(t[true], t[false], t[print], t[co], t[1.25]) -- expect: 1	2	3	4	5
print(t[""], t["\0"], t[-1], t[math.mininteger], t[math.maxinteger]) -- expect: 6	7	8	9	10
print(t[2^63], t[-2^63]) -- expect: nil	9
local sum = 0
for _, v in pairs(t) do sum = sum + v end
print(sum) -- expect: 55
