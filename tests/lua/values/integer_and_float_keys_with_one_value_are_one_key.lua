local t = {}
t[1] = "int"
print(t[1.0], t[1]) -- expect: int	int
t[2.0] = "float"
print(t[2], next({[2.0] = true})) -- expect: float	2	true
print(math.type(next({[3.0] = true}))) -- expect: integer
t[2^53] = "big"
print(t[1 << 53], t[2^53]) -- expect: big	big
t[1.5] = "fraction"
print(t[1.5], t[3 / 2], t["1.5"]) -- expect: fraction	fraction	nil
t["1"] = "string"
print(t[1], t["1"]) -- expect: int	string
print(t[-0.0], (function() t[0] = "zero" return t[-0.0] end)()) -- expect: nil	zero
