print(select("#"), select("#", nil), select("#", 1, nil, nil)) -- expect: 0	1	3
print(select(1, "a", "b", "c")) print(select(2, "a", "b", "c")) print(select(4, "a", "b", "c")) -- expect: a	b	c
-- expect: b	c
-- expect:
print(select(-1, "a", "b", "c")) print(select(-3, "a", "b", "c")) -- expect: c
-- expect: a	b	c
print(select("2", "a", "b"), (select(2, "a", "b", "c"))) -- expect: b	b
print(pcall(select, 0, "a")) -- expect: false	bad argument #1 to 'select' (index out of range)
print(pcall(select, -2, "a")) -- expect: false	bad argument #1 to 'select' (index out of range)
print(pcall(select)) -- expect: false	bad argument #1 to 'select' (number expected, got no value)
print(pcall(select, "x")) -- expect: false	bad argument #1 to 'select' (number expected, got string)
print(pcall(select, 1.5, "x")) -- expect: false	bad argument #1 to 'select' (number has no integer representation)
