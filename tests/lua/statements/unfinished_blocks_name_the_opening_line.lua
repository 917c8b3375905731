print(load("do")) -- expect: nil	[string "do"]:1: 'end' expected near <eof>
print(load("while true do\n\n x = 1")) -- expect: nil	[string "while true do..."]:3: 'end' expected (to close 'while' at line 1) near <eof>
print(load("if x then\n y()\n\n")) -- expect: nil	[string "if x then..."]:4: 'end' expected (to close 'if' at line 1) near <eof>
print(load("repeat\n\n")) -- expect: nil	[string "repeat..."]:3: 'until' expected (to close 'repeat' at line 1) near <eof>
print(load("for i = 1, 2 do\n")) -- expect: nil	[string "for i = 1, 2 do..."]:2: 'end' expected (to close 'for' at line 1) near <eof>
print(load("function f()\n\n\n")) -- expect: nil	[string "function f()..."]:4: 'end' expected (to close 'function' at line 1) near <eof>
print(load("x = {\n1,\n")) -- expect: nil	[string "x = {..."]:3: unexpected symbol near <eof>
print(load("f(\n1,\n2")) -- expect: nil	[string "f(..."]:3: ')' expected (to close '(' at line 1) near <eof>
print(load("x = (\n1")) -- expect: nil	[string "x = (..."]:2: ')' expected (to close '(' at line 1) near <eof>
print(load("end")) -- expect: nil	[string "end"]:1: <eof> expected near 'end'
print(load("do end end")) -- expect: nil	[string "do end end"]:1: <eof> expected near 'end'
print(load("else")) -- expect: nil	[string "else"]:1: <eof> expected near 'else'
print(load("until x")) -- expect: nil	[string "until x"]:1: <eof> expected near 'until'
print(load("for i do end")) -- expect: nil	[string "for i do end"]:1: '=' or 'in' expected near 'do'
print(load("for i = 1 do end")) -- expect: nil	[string "for i = 1 do end"]:1: ',' expected near 'do'
print(load("for a.b in x do end")) -- expect: nil	[string "for a.b in x do end"]:1: '=' or 'in' expected near '.'
print(load("if x do end")) -- expect: nil	[string "if x do end"]:1: 'then' expected near 'do'
print(load("while x then end")) -- expect: nil	[string "while x then end"]:1: 'do' expected near 'then'
