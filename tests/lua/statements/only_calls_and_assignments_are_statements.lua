print(load("x")) -- expect: nil	[string "x"]:1: syntax error near <eof>
print(load("1")) -- expect: nil	[string "1"]:1: unexpected symbol near '1'
print(load("x.y")) -- expect: nil	[string "x.y"]:1: syntax error near <eof>
print(load("(f)")) -- expect: nil	[string "(f)"]:1: syntax error near <eof>
print(load("f() = 1")) -- expect: nil	[string "f() = 1"]:1: syntax error near '='
print(load("(a) = 1")) -- expect: nil	[string "(a) = 1"]:1: syntax error near '='
print(load("a + 1")) -- expect: nil	[string "a + 1"]:1: syntax error near '+'
print(load("a, f() = 1, 2")) -- expect: nil	[string "a, f() = 1, 2"]:1: syntax error near '='
print(load("'x':rep(3)")) -- expect: nil	[string "'x':rep(3)"]:1: unexpected symbol near ''x''
print(load("x, y")) -- expect: nil	[string "x, y"]:1: '=' expected near <eof>
print(load("f{}; f'x'; f[[y]]; a.b:c(1).d = 2; (a).x = 1") ~= nil) -- expect: true
print(load("local function f.x() end")) -- expect: nil	[string "local function f.x() end"]:1: '(' expected near '.'
print(load("function f:a.b() end")) -- expect: nil	[string "function f:a.b() end"]:1: '(' expected near '.'
