local _ = 1
local a1, _b, C_3, end_ = 2, 3, 4, 5
print(_, a1, _b, C_3, end_) -- expect: 1	2	3	4	5
local And, AND = "A", "B"
print(And, AND) -- expect: A	B
print(load("local 1a = 1")) -- expect: nil	[string "local 1a = 1"]:1: malformed number near '1a'
print(load("local and = 1")) -- expect: nil	[string "local and = 1"]:1: <name> expected near 'and'
print(load("local goto = 1")) -- expect: nil	[string "local goto = 1"]:1: <name> expected near 'goto'
