print(load("goto nowhere")) -- expect: nil	[string "goto nowhere"]:1: no visible label 'nowhere' for <goto> at line 1
print(load("\n\ngoto nowhere")) -- expect: nil	[string "..."]:3: no visible label 'nowhere' for <goto> at line 3
print(load("do ::l:: end goto l")) -- expect: nil	[string "do ::l:: end goto l"]:1: no visible label 'l' for <goto> at line 1
print(load("goto l; do ::l:: end")) -- expect: nil	[string "goto l; do ::l:: end"]:1: no visible label 'l' for <goto> at line 1
print(load("::l:: local f = function() goto l end")) -- expect: nil	[string "::l:: local f = function() goto l end"]:1: no visible label 'l' for <goto> at line 1
print(load("goto f; local x; function f() ::f:: end")) -- expect: nil	[string "goto f; local x; function f() ::f:: end"]:1: no visible label 'f' for <goto> at line 1
print(load("for i = 1, 2 do ::a:: end goto a")) -- expect: nil	[string "for i = 1, 2 do ::a:: end goto a"]:1: no visible label 'a' for <goto> at line 1
