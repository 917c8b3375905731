print(tonumber("10"), tonumber("  -7  "), tonumber("0x1F"), tonumber("-0xA")) -- expect: 10	-7	31	-10
print(tonumber("1e3"), tonumber(".5"), tonumber("5."), tonumber("0x.8p1")) -- expect: 1000.0	0.5	5.0	1.0
print(tonumber("- 5"), tonumber(""), tonumber("  "), tonumber("5 5"), tonumber("0x")) -- expect: nil	nil	nil	nil	nil
print(tonumber("1e400"), tonumber("-1e400"), tonumber("0x1p2000")) -- expect: inf	-inf	inf
print(tonumber(5), tonumber(5.5), tonumber("inf"), tonumber("nan")) -- expect: 5	5.5	nil	nil
print(tonumber("9223372036854775807"), tonumber("9223372036854775808")) -- expect: 9223372036854775807	9.2233720368548e+18
print(tonumber("-9223372036854775808"), tonumber("-9223372036854775809")) -- expect: -9223372036854775808	-9.2233720368548e+18
print(tonumber("0x7fffffffffffffff"), tonumber("0xfffffffffffffffff")) -- expect: 9223372036854775807	-1
print(tonumber(nil), tonumber({}), tonumber(true), pcall(tonumber)) -- expect: nil	nil	nil	false	bad argument #1 to 'tonumber' (value expected)
print(tonumber("1" .. ("0"):rep(300)), tonumber("0." .. ("0"):rep(300) .. "1")) -- expect: 1e+300	1e-301
