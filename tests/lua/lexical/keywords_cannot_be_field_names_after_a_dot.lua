local t = {["end"] = 1, ["and"] = 2}
print(t["end"], t["and"]) -- expect: 1	2
print(load("return t.end")) -- expect: nil	[string "return t.end"]:1: <name> expected near 'end'
print(load("t.and = 1")) -- expect: nil	[string "t.and = 1"]:1: <name> expected near 'and'
print(load("x = {while = 1}")) -- expect: nil	[string "x = {while = 1}"]:1: unexpected symbol near 'while'
print(load("return t:function()")) -- expect: nil	[string "return t:function()"]:1: <name> expected near 'function'
