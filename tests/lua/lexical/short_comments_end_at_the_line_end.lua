-- plain comment
print(1) -- trailing -- expect: 1
--[not a long comment
print(2) -- expect: 2
--[=not either
print(3) -- expect: 3
--
print(4) -- expect: 4
---[[ three dashes start a short comment
print(5) -- expect: 5
--]]
print(6) -- expect: 6
