print(load("goto l; local a; ::l:: print(a)")) -- expect: nil	[string "goto l; local a; ::l:: print(a)"]:1: <goto l> at line 1 jumps into the scope of local 'a'
print(load("goto l\nlocal a\n::l::\nprint(a)")) -- expect: nil	[string "goto l..."]:4: <goto l> at line 1 jumps into the scope of local 'a'
print(load("do goto l; local a; ::l:: end") ~= nil) -- expect: true
print(load("do goto l; local a; ::l:: ; ; end") ~= nil) -- expect: true
print(load("do goto l; local a; ::l:: ::m:: end") ~= nil) -- expect: true
print(load("repeat goto c; local x; ::c:: until x")) -- expect: nil	[string "repeat goto c; local x; ::c:: until x"]:1: <goto c> at line 1 jumps into the scope of local 'x'
print(load("goto l; local a <const> = 1; ::l:: print(a)")) -- expect: nil	[string "goto l; local a <const> = 1; ::l:: print(a)"]:1: <goto l> at line 1 jumps into the scope of local 'a'
print(load("goto l; local function f() end ::l:: f()")) -- expect: nil	[string "goto l; local function f() end ::l:: f()"]:1: <goto l> at line 1 jumps into the scope of local 'f'
