print(math.log(-1), math.acos(2), math.sqrt(-1), math.fmod(1,0.0), math.huge-math.huge, 0/0*-1, -(0/0)+1, math.abs(0/0), math.sin(math.huge), math.huge % 2, 5.0 % math.huge, 1 % 0.0, (-1)^0.5, math.log(-1,2), math.log(-1,10), math.exp(0/0), math.tan(math.huge), 0.0//0.0, math.max(0/0,1), tostring(-(0/0))) -- expect: -nan	nan	-nan	-nan	-nan	-nan	nan	nan	-nan	-nan	5.0	-nan	-nan	-nan	nan	-nan	-nan	-nan	-nan	nan
print(string.format("%f %5.1f %g %a %+f", 0/0, -(0/0), -(0/0), 0/0, -(0/0)), string.pack("d",0/0):byte(-1), string.pack("d",-(0/0)):byte(-1), (string.unpack("d", string.pack("d", -(0/0)))), string.pack("f",-(0/0)):byte(-1)) -- expect: -nan   nan nan -nan +nan	255	127	nan	127
print(math.modf(0/0)) print(math.modf(-(0/0))) print(math.tointeger(0/0), math.atan(0/0), (0/0)//1, -(0/0)//1, -(0/0)%1) -- expect: -nan	-nan
-- expect: nan	nan
-- expect: nil	-nan	-nan	nan	nan
local n, p = 0/0, -(0/0)
print(n == n, p == p, n == p, n ~= p, rawequal(p, p), p < p, p <= n, -p, -n, - -p, p * 0, 1 - p, p / n, n ^ 0, p ^ 1) -- expect: false	false	false	true	false	false	false	-nan	nan	nan	nan	nan	nan	1.0	nan
print(pcall(function() local t = {} t[p] = 1 end)) print(pcall(rawset, {}, p, 1)) print(({})[p], #tostring(p), p .. "", "" .. n) -- expect: false	the_sign_of_nan_is_kept.lua:8: table index is NaN
-- expect: false	table index is NaN
-- expect: nil	3	nan	-nan
local t = {p, n} print(table.concat(t, " "), t[1], t[1] == t[1], math.min(p, 1), math.max(n, 1), math.ult(1, 2)) -- expect: nan -nan	nan	false	nan	-nan	true
print(string.format("%q", p), string.format("%s|%10.3f|%-8g|", p, p, n), math.type(p), tostring(p) == tostring(-n), io.write(p, " ", n, "\n") == io.stdout) -- expect: nan -nan
-- expect: (0/0)	nan|       nan|-nan    |	float	true	true
for _, f in ipairs{"floor","ceil","tointeger"} do print(f, pcall(math[f], p)) end -- expect: floor	true	nan
-- expect: ceil	true	nan
-- expect: tointeger	true	nil
local function id(...) return ... end local a = id(p) print(a, a ~= a, not (a == a)) -- expect: nan	true	true
if p == p then print "equal" else print "unequal" end -- expect: unequal
