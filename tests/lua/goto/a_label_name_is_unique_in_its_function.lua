print(load("::a:: ::a::")) -- expect: nil	[string "::a:: ::a::"]:1: label 'a' already defined on line 1
print(load("::a::\n\n::a::")) -- expect: nil	[string "::a::..."]:3: label 'a' already defined on line 3
print(load("::a:: do ::a:: end")) -- expect: nil	[string "::a:: do ::a:: end"]:1: label 'a' already defined on line 1
print(load("do ::a:: end ::a:: do end") ~= nil) -- expect: true
print(load("do ::a:: end do ::a:: end") ~= nil) -- expect: true
print(load("::a:: local f = function() ::a:: end") ~= nil) -- expect: true
print(load("::a:")) -- expect: nil	[string "::a:"]:1: '::' expected near ':'
print(load(":: 1 ::")) -- expect: nil	[string ":: 1 ::"]:1: <name> expected near '1'
print(load("goto 1")) -- expect: nil	[string "goto 1"]:1: <name> expected near '1'
