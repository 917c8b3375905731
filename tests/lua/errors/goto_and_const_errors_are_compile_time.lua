print(load("local x <const> = 1\nx = 2")) -- expect: nil	[string "local x <const> = 1..."]:2: attempt to assign to const variable 'x'
print(load("goto missing")) -- expect: nil	[string "goto missing"]:1: no visible label 'missing' for <goto> at line 1
print(load("break")) -- expect: nil	[string "break"]:1: break outside loop at line 1
print(load("::a:: ::a::")) -- expect: nil	[string "::a:: ::a::"]:1: label 'a' already defined on line 1
print(load("local x <unknown> = 1")) -- expect: nil	[string "local x <unknown> = 1"]:1: unknown attribute 'unknown'
print(load("function f() return ... end")) -- expect: nil	[string "function f() return ... end"]:1: cannot use '...' outside a vararg function near '...'
print(load("for i = 1 do end")) -- expect: nil	[string "for i = 1 do end"]:1: ',' expected near 'do'
print(load("x =")) -- expect: nil	[string "x ="]:1: unexpected symbol near <eof>
print(load("x = }")) -- expect: nil	[string "x = }"]:1: unexpected symbol near '}'
print(load("f(")) -- expect: nil	[string "f("]:1: unexpected symbol near <eof>
print(load("a.1 = 2")) -- expect: nil	[string "a.1 = 2"]:1: syntax error near '.1'
print(load("a:b = 2")) -- expect: nil	[string "a:b = 2"]:1: function arguments expected near '='
print(load("local function 5() end")) -- expect: nil	[string "local function 5() end"]:1: <name> expected near '5'
print(load("function t.a:b.c() end")) -- expect: nil	[string "function t.a:b.c() end"]:1: '(' expected near '.'
print(load("local a.b = 1")) -- expect: nil	[string "local a.b = 1"]:1: unexpected symbol near '.'
print(load("return return")) -- expect: nil	[string "return return"]:1: unexpected symbol near 'return'
print(load("if then end")) -- expect: nil	[string "if then end"]:1: unexpected symbol near 'then'
print(load("x = 'a' 'b' 5")) -- expect: nil	[string "x = 'a' 'b' 5"]:1: unexpected symbol near ''b''
print(load("f 5")) -- expect: nil	[string "f 5"]:1: syntax error near '5'
print(load("function(a,) end")) -- expect: nil	[string "function(a,) end"]:1: <name> expected near '('
print(load("local function f(a,) end")) -- expect: nil	[string "local function f(a,) end"]:1: <name> or '...' expected near ')'
print(load("local function f(..., a) end")) -- expect: nil	[string "local function f(..., a) end"]:1: ')' expected near ','
print(load("local function f(a b) end")) -- expect: nil	[string "local function f(a b) end"]:1: ')' expected near 'b'
