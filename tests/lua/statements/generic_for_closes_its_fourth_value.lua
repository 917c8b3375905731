local function closer(name)
  return setmetatable({}, {__close = function(_, e) print("close", name, e) end})
end
local function iter(_, i) i = i + 1 if i <= 2 then return i end end
for i in iter, nil, 0, closer("normal") do print(i) end -- expect: 1
-- expect: 2
-- expect: close	normal	nil
-- expect: close	break	nil
-- expect: close	error	oops
for i in iter, nil, 0, closer("break") do break end
print(pcall(function() -- expect: false	oops
-- expect: close	return	nil
  for i in iter, nil, 0, closer("error") do error("oops", 0) end
end))
print((function() -- expect: value
  for i in iter, nil, 0, closer("return") do return "value" end
end)())
for i in iter, nil, 0, nil do print("nil closer", i) end -- expect: nil closer	1
-- expect: nil closer	2
print(pcall(function() for i in iter, nil, 0, 42 do end end)) -- expect: false	generic_for_closes_its_fourth_value.lua:20: variable '(for state)' got a non-closable value
