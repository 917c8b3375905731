local function three() return 1, 2, 3 end
local a, b, c, d = three()
print(a, b, c, d) -- expect: 1	2	3	nil
a, b, c, d = 0, three()
print(a, b, c, d) -- expect: 0	1	2	3
a, b, c, d = three(), 10
print(a, b, c, d) -- expect: 1	10	nil	nil
a, b = three()
print(a, b) -- expect: 1	2
a, b, c = (three())
print(a, b, c) -- expect: 1	nil	nil
a, b, c = 1, 2, 3, print("extra is evaluated") -- expect: extra is evaluated
