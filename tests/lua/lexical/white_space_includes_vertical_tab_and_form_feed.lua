print(load("return\v1\f+\t2\r+\n3")()) -- expect: 6
print(load(" \t\v\f\r\n")() == nil) -- expect: true
print(load("return \1 1", "=c")) -- expect: nil	c:1: unexpected symbol near '<\1>'
print(load("return \127", "=c")) -- expect: nil	c:1: unexpected symbol near '<\127>'
print(load("x = \xc3\xa9", "=c")) -- expect: nil	c:1: unexpected symbol near '<\195>'
print(load("return\0 1", "=c")) -- expect: nil	c:1: unexpected symbol
