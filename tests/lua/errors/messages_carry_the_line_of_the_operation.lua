print(pcall(function() -- expect: false	messages_carry_the_line_of_the_operation.lua:4: attempt to index a nil value (field 'x')
  local a = {}
  local b = a.x
    .y
  return b
end))
print(pcall(function() -- expect: false	messages_carry_the_line_of_the_operation.lua:10: attempt to index a nil value (field 'a')
  local t = {}
  t.a.b
    = 5
end))
print(pcall(function() -- expect: false	messages_carry_the_line_of_the_operation.lua:13: attempt to call a nil value (global 'undefinedfunction')
  return undefinedfunction(
    1,
    2)
end))
local f = load("local a = 1\nlocal b = nil\n\nreturn a + b\n", "@chunk.lua")
print(pcall(f)) -- expect: false	chunk.lua:4: attempt to perform arithmetic on a nil value (local 'b')
f = load("\n\nerror('at three')", "=stdin")
print(pcall(f)) -- expect: false	stdin:3: at three
f = load("error 'x'", "some code\nsecond line")
print(pcall(f)) -- expect: false	[string "some code..."]:1: x
f = load("error 'x'", "@" .. ("d/"):rep(60) .. "file.lua")
print(pcall(f)) -- expect: false	...d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/file.lua:1: x
f = load("error 'x'", ("long source text "):rep(10))
print(pcall(f)) -- expect: false	[string "long source text long source text long source..."]:1: x
f = load("error 'x'", "=" .. ("n"):rep(100))
print(pcall(f)) -- expect: false	nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn:1: x
f = load("error 'x'", "")
print(pcall(f)) -- expect: false	[string ""]:1: x
