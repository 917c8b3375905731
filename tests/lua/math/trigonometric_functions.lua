local function r(x) return string.format("%.12f", x) end
print(r(math.sin(1)), r(math.cos(1)), r(math.tan(1))) -- expect: 0.841470984808	0.540302305868	1.557407724655
print(r(math.asin(0.5)), r(math.acos(0.5)), r(math.atan(1))) -- expect: 0.523598775598	1.047197551197	0.785398163397
print(r(math.atan(1, -1)), r(math.atan(-1, -1)), r(math.atan(0, -1)), r(math.atan(-0.0, -1))) -- expect: 2.356194490192	-2.356194490192	3.141592653590	-3.141592653590
print(math.sin(0), math.cos(0), math.atan(0), math.sin(math.pi) < 1e-15) -- expect: 0.0	1.0	0.0	true
print(r(math.deg(math.pi)), r(math.rad(180)), math.deg(0), math.rad(0)) -- expect: 180.000000000000	3.141592653590	0.0	0.0
print(math.asin(2) ~= math.asin(2), math.atan(math.huge) == math.pi / 2) -- expect: true	true
print(pcall(math.sin, "x")) print(pcall(function() math.atan() end)) -- expect: false	bad argument #1 to 'math.sin' (number expected, got string)
-- expect: false	trigonometric_functions.lua:8: bad argument #1 to 'atan' (number expected, got no value)
