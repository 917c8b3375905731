local a, b = 6, 4
print(a//b, a/b, a~b, a~=b, ~a) -- expect: 1	1.5	2	true	-7
print(a<<1, a>>1, a<=b, a>=b, a==b) -- expect: 12	3	false	true	false
print(a.."" ..b) -- expect: 64
print(- -3, not not nil) -- expect: 3	false
print(2^-1, 2^- -1) -- expect: 0.5	2.0
local t = {[ [[k]] ]=1}
print(t[ [[k]] ]) -- expect: 1
print(load("return 1 = 2")) -- expect: nil	[string "return 1 = 2"]:1: <eof> expected near '='
print(load("return a !b")) -- expect: nil	[string "return a !b"]:1: <eof> expected near '!'
print(load("return a @ b")) -- expect: nil	[string "return a @ b"]:1: <eof> expected near '@'
print(load("x = $")) -- expect: nil	[string "x = $"]:1: unexpected symbol near '$'
print(load("x = `a`")) -- expect: nil	[string "x = `a`"]:1: unexpected symbol near '`'
