local a = "abc"
local b = "a" .. "bc"
print(a == b, #a, rawequal(a, b)) -- expect: true	3	true
local long1 = ("x"):rep(100) .. "y"
local long2 = ("x"):rep(50) .. ("x"):rep(50) .. "y"
print(long1 == long2, rawequal(long1, long2)) -- expect: true	true
local t = {[long1] = 1}
print(t[long2]) -- expect: 1
print("a\0b" == "a\0c", "a\0b" == "a\0b", #"a\0b") -- expect: false	true	3
print("a" == 1, "1" == 1) -- expect: false	false
