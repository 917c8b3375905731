local log = {}
local function c(n)
  return setmetatable({}, {__close = function() log[#log + 1] = n end})
end
local function recurse(n)
  local x <close> = c(n)
  if n > 0 then return (recurse(n - 1)) end
  return "bottom"
end
print(recurse(5), table.concat(log, " ")) -- expect: bottom	0 1 2 3 4 5
log = {}
for i = 1, 5 do local x <close> = c(i) end
print(table.concat(log, " ")) -- expect: 1 2 3 4 5
log = {}
do
  local a <close>, b = c("a"), c("b")
  local d <close> = c("d")
  local e <close> = c("e")
end
print(table.concat(log, " ")) -- expect: e d a
