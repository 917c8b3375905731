local function id(x) return x end
print(id "str", id 'str', id [[long]], #id {1, 2, 3}) -- expect: str	str	long	3
print(type(id {}), id {x = 5}.x, ("x"):rep(3)) -- expect: table	5	xxx
local t = {f = id, g = function(self, x) return x end}
print(t.f "field", t:g "method", t:g {y = 1}.y) -- expect: field	method	1
print(id(id) "twice") -- expect: twice
print(#"abc", ("%d"):format(5), #("abc"):upper()) -- expect: 3	5	3
