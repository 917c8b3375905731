local function locals(n)
  local t = {}
  for i = 1, n do t[i] = "local v" .. i .. " = " .. i end
  return table.concat(t, "\n") .. "\nreturn v1 + v" .. n
end
print(load(locals(200), "=c")()) -- expect: 201
print(load(locals(201), "=c")) -- expect: nil	c:201: too many local variables (limit is 200) in main function near '='
print(load("local function f()\n" .. locals(201) .. "\nend", "=c")) -- expect: nil	c:202: too many local variables (limit is 200) in function at line 1 near '='
local names = {}
for i = 1, 201 do names[i] = "a" .. i end
print(load("local " .. table.concat(names, ","), "=c")) -- expect: nil	c:1: too many local variables (limit is 200) in main function near <eof>
print(load("local function f(" .. table.concat(names, ",") .. ") end", "=c")) -- expect: nil	c:1: too many local variables (limit is 200) in function at line 1 near ')'
