do
  local a <close> = nil
  local b <close> = false
  print("fine", a, b) -- expect: fine	nil	false
end
print(pcall(function() local x <close> = 42 end)) -- expect: false	nil_and_false_are_ignored_as_to_be_closed.lua:6: variable 'x' got a non-closable value
print(pcall(function() local x <close> = {} end)) -- expect: false	nil_and_false_are_ignored_as_to_be_closed.lua:7: variable 'x' got a non-closable value
print(pcall(function() local long_name <close> = "str" end)) -- expect: false	nil_and_false_are_ignored_as_to_be_closed.lua:8: variable 'long_name' got a non-closable value
print(pcall(function() local t <close> = setmetatable({}, {}) end)) -- expect: false	nil_and_false_are_ignored_as_to_be_closed.lua:9: variable 't' got a non-closable value
print(pcall(function() local t <close> = true end)) -- expect: false	nil_and_false_are_ignored_as_to_be_closed.lua:10: variable 't' got a non-closable value
