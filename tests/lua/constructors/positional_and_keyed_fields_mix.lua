local t = {1, 2, x = "x", 3, ["y z"] = "yz", [10] = "ten", 4; 5,}
print(#t, t[4], t[5], t.x, t["y z"], t[10]) -- expect: 5	4	5	x	yz	ten
local u = {[1] = "keyed", "positional"}
print(u[1]) -- expect: positional
local v = {"a", [1] = "b", [2] = "c"}
print(v[1], v[2]) -- expect: a	c
print(next({}), #{nil, nil, 3} == 3) -- expect: nil	true
print(load("return {1, 2,,}")) -- expect: nil	[string "return {1, 2,,}"]:1: unexpected symbol near ','
print(load("return {,}")) -- expect: nil	[string "return {,}"]:1: unexpected symbol near ','
print(load("return {1 2}")) -- expect: nil	[string "return {1 2}"]:1: '}' expected near '2'
print(load("return {x = }")) -- expect: nil	[string "return {x = }"]:1: unexpected symbol near '}'
print(load("return {[1] 2}")) -- expect: nil	[string "return {[1] 2}"]:1: '=' expected near '2'
print(#{1;2;3;}, #{1,}) -- expect: 3	1
