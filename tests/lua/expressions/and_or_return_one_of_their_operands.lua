print(nil and 1, false and 1, 0 and 1, "" and 1) -- expect: nil	false	1	1
print(nil or 1, false or nil, 0 or 1, nil or false) -- expect: 1	nil	0	false
print(1 and 2 and 3, 1 and nil and 3, nil or false or 3) -- expect: 3	nil	3
local x
x = x or "default"
print(x) -- expect: default
print(false == nil and "same" or "different") -- expect: different
print(nil and error("no") or "short circuit", true or error("no")) -- expect: short circuit	true
