print() -- expect:
print(nil, true, 1, 1.5, "s") -- expect: nil	true	1	1.5	s
print("a", "", "b") -- expect: a		b
print(setmetatable({}, {__tostring = function() return "obj" end}), 2) -- expect: obj	2
print(pcall(print, setmetatable({}, {__tostring = function() return {} end}))) -- expect: false	'__tostring' must return a string
print(select("#", print("x"))) -- expect: x
-- expect: 0
print("embedded\ttab and\nnewline") -- expect: embedded	tab and
-- expect: newline
