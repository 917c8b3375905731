print(load("local x <const> = 1; x = 2")) -- expect: nil	[string "local x <const> = 1; x = 2"]:1: attempt to assign to const variable 'x'
print(load("local x <const> = 1\nlocal function f()\n x = 2 end")) -- expect: nil	[string "local x <const> = 1..."]:3: attempt to assign to const variable 'x'
print(load("local x <const> = {}; x.y = 1; return x.y")()) -- expect: 1
print(load("local x <close> = nil; x = 1")) -- expect: nil	[string "local x <close> = nil; x = 1"]:1: attempt to assign to const variable 'x'
print(load("local a, x <const>, b = 1, 2, 3; a, x = 4, 5")) -- expect: nil	[string "local a, x <const>, b = 1, 2, 3; a, x = 4, 5"]:1: attempt to assign to const variable 'x'
print(load("local x <const> = 1; for i = 1, 2 do x = i end")) -- expect: nil	[string "local x <const> = 1; for i = 1, 2 do x = i en..."]:1: attempt to assign to const variable 'x'
print(load("local x <const> = 1; function x() end")) -- expect: nil	[string "local x <const> = 1; function x() end"]:1: attempt to assign to const variable 'x'
print(load("local x <const> = 1; local x = 2; x = 3; return x")()) -- expect: 3
