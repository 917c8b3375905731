local function list(a, b, c)
  local r = {}
  for i = a, b, c do r[#r + 1] = tostring(i) end
  return table.concat(r, " ")
end
print(list(1, 5, 1)) -- expect: 1 2 3 4 5
print(list(1, 5, 2)) -- expect: 1 3 5
print(list(5, 1, -2)) -- expect: 5 3 1
print("[" .. list(5, 1, 1) .. "]") -- expect: []
print("[" .. list(1, 5, -1) .. "]") -- expect: []
print(list(1, 1, 1), list(-1, 1, 1)) -- expect: 1	-1 0 1
print(list(1.0, 3, 1), list(1, 3.9, 1), list(1, 2, 0.5)) -- expect: 1.0 2.0 3.0	1 2 3	1.0 1.5 2.0
print(list(0.1, 0.5, 0.1)) -- expect: 0.1 0.2 0.3 0.4 0.5
