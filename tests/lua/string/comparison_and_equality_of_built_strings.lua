local parts = {}
for i = 1, 100 do parts[i] = string.char(i % 26 + 97) end
local a, b = table.concat(parts), table.concat(parts)
print(a == b, a < b, a <= b, #a, rawequal(a, b)) -- expect: true	false	true	100	true
print(a .. "x" == b .. "x", a .. "x" > b .. "w", a:sub(1, 40) == b:sub(1, 40), a:sub(1, 41) == b:sub(1, 41)) -- expect: true	true	true	true
local t = {[a] = "long key", [a:sub(1, 5)] = "short key"}
print(t[b], t[b:sub(1, 5)], t[b:sub(1, 6)]) -- expect: long key	short key	nil
print(("x"):rep(40) == ("x"):rep(39) .. "x", ("x"):rep(41) == ("x"):rep(40) .. "x") -- expect: true	true
