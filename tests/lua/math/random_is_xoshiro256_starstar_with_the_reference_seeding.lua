math.randomseed(42)
print(math.random(0), math.random(0), math.random(0)) -- expect: -1276290044721465627	8333941968102511665	-8358531260401861301
print(math.random(100), math.random(100), math.random(100), math.random(1, 6)) -- expect: 86	54	64	2
print(string.format("%.14f %.14f", math.random(), math.random())) -- expect: 0.27455699358752 0.19354861304396
math.randomseed(123, 456)
print(math.random(0), math.random(-1000, 1000), math.random(math.mininteger, math.maxinteger)) -- expect: -7482266044409867603	807	-8540941277558387870
print(math.random(1 << 40), math.random(1 << 62), math.random(0, math.maxinteger)) -- expect: 322740054239	78436196238586191	579152147218802599
math.randomseed(7.0)
print(math.random(1000), math.random(1000)) -- expect: 832	216
print(select("#", math.randomseed(5)), pcall(math.randomseed, "x")) -- expect: 2	false	bad argument #1 to 'math.randomseed' (number expected, got string)
