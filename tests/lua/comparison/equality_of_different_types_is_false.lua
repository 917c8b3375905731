print(1 == "1", nil == false, 0 == false, "" == nil, {} == {}, print == 1) -- expect: false	false	false	false	false	false
print("1" ~= 1, nil ~= false, {} ~= {}) -- expect: true	true	true
local t = {}
print(t == t, t ~= t, t == "t") -- expect: true	false	false
print(1 == 1.0, "1" == "1.0", 1 ~= 1.5) -- expect: true	false	true
