local a = [[
first
second]]
print(a) -- expect: first
-- expect: second
local blank_line = [[

x]]
print(#blank_line) -- expect: 2
print([==[a]]b]=]c]==]) -- expect: a]]b]=]c
print([[\n is not an escape]]) -- expect: \n is not an escape
print(#[[]], #[==[]==]) -- expect: 0	0
print(load("return [[\r\nx\r\ny]]")() == "x\ny") -- expect: true
print(load("return [[\n\rx\ry]]")() == "x\ny") -- expect: true
print(load("return [=x")) -- expect: nil	[string "return [=x"]:1: invalid long string delimiter near '[='
print(load("return [===")) -- expect: nil	[string "return [==="]:1: invalid long string delimiter near '[==='
