local function ends(s) return #s, s:sub(1, 4), s:sub(-6) end
-- results of 38 to 42 bytes, and long ones
for n = 36, 40, 2 do
  local x = ("x"):rep(n)
  print(ends(x .. 12)) -- expect: 38	xxxx	xxxx12
  print(ends(-7 .. x)) -- expect: 38	-7xx	xxxxxx
  print(ends(x .. 1.5 .. "")) -- expect: 39	xxxx	xxx1.5
  -- expect: 40	xxxx	xxxx12
  -- expect: 40	-7xx	xxxxxx
  -- expect: 41	xxxx	xxx1.5
  -- expect: 42	xxxx	xxxx12
  -- expect: 42	-7xx	xxxxxx
  -- expect: 43	xxxx	xxx1.5
end
local y = ("y"):rep(50)
print(ends(y .. 1 .. 2.5 .. -0.0 .. math.mininteger)) -- expect: 78	yyyy	775808
print(ends(1e100 .. y .. math.maxinteger)) -- expect: 75	1e+1	775807
print(y .. "" == y, "" .. y .. "" == y, #("" .. y .. 3)) -- expect: true	true	51
print(1 .. 2 .. 3, 1.5 .. "|" .. -2.0, "" .. 10) -- expect: 123	1.5|-2.0	10
local t = {[("k"):rep(39) .. 1] = "short", [("k"):rep(40) .. 1] = "long"}
print(t[("k"):rep(39) .. "1"], t[("k"):rep(40) .. "1"]) -- expect: short	long
