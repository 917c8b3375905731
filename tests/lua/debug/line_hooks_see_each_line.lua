local lines = {}
local base = debug.getinfo(1, "l").currentline
local function f(n)
  local x = n
  for i = 1, 2 do
    x = x + i
  end
  if x > 3 then
    x = 0
  else
    x = 1
  end
  return x
end
debug.sethook(function(e, l) lines[#lines + 1] = l - base end, "l")
f(1)
debug.sethook()
print(table.concat(lines, " ")) -- expect: 14 2 3 4 3 4 3 6 7 11 15
