print(load("local x <foo> = 1")) -- expect: nil	[string "local x <foo> = 1"]:1: unknown attribute 'foo'
print(load("local x <> = 1")) -- expect: nil	[string "local x <> = 1"]:1: <name> expected near '>'
print(load("local x <const = 1")) -- expect: nil	[string "local x <const = 1"]:1: '>' expected near '='
print(load("local x < const > = 1; return x")()) -- expect: 1
print(load("local x<const>, y<close> = 1, nil; return x")()) -- expect: 1
print(load("local a <close>, b <close> = nil, nil")) -- expect: nil	[string "local a <close>, b <close> = nil, nil"]:1: multiple to-be-closed variables in local list
print(load("local function f <const> () end")) -- expect: nil	[string "local function f <const> () end"]:1: '(' expected near '<'
print(load("for i <const> = 1, 2 do end")) -- expect: nil	[string "for i <const> = 1, 2 do end"]:1: '=' or 'in' expected near '<'
