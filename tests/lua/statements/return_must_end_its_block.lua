print(load("return 1 print(2)")) -- expect: nil	[string "return 1 print(2)"]:1: <eof> expected near 'print'
print(load("do return 1 end print(2)") ~= nil) -- expect: true
print(load("return 1; local x")) -- expect: nil	[string "return 1; local x"]:1: <eof> expected near 'local'
print(load("if x then return end return 2")()) -- expect: 2
print((function() do return 1, 2 end return 3 end)()) -- expect: 1	2
local function early(x) if x then return "early" end return "late" end
print(early(true), early(false)) -- expect: early	late
