local function f(a, b) return a, b end
print(f(), f(1), f(1, 2, 3)) -- expect: nil	1	1	2
print((f())) -- expect: nil
print(select("#", f())) -- expect: 2
local function none() end
print(none(), (none()), select("#", none()), select("#", (none()))) -- expect: nil	nil	0	1
print(f(none(), none())) -- expect: nil	nil
print(f((f(1, 2)), f(3, 4))) -- expect: 1	3
