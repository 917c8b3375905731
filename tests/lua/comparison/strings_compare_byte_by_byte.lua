print("a" < "b", "a" < "B", "Z" < "a", "" < "a", "a" < "aa", "b" > "aaa") -- expect: true	false	true	true	true	true
print("a" <= "a", "a" >= "b", "abc" < "abd", "abc" < "ab") -- expect: true	false	true	false
print("a\0b" < "a\0c", "a\0" > "a", "\0" < "\1", "a\0z" < "ab") -- expect: true	true	true	true
print("10" < "9", "10" == 10, "a" ~= "a\0") -- expect: true	false	true
print("\xff" > "a", "\x80" > "\x7f") -- expect: true	true
local long = ("x"):rep(1000)
print(long .. "a" < long .. "b", long < long .. "\0", long == ("x"):rep(1000)) -- expect: true	true	true
