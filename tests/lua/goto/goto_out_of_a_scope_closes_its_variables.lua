local function closing(n)
  return setmetatable({}, {__close = function() print("close", n) end}) -- expect: close	1
  -- expect: close	2
  -- expect: close	3
  -- expect: close	loop1
end
do
  local i = 1
  ::top::
  do
    local c <close> = closing(i)
    i = i + 1
    if i <= 3 then goto top end
  end
end
for i = 1, 2 do
  local c <close> = closing("loop" .. i)
  if i == 1 then goto continue end
  print("body", i) -- expect: body	2
  -- expect: close	loop2
  ::continue::
end
