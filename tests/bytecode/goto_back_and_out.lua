::top::
local x = f()
if x then goto top end
do
  local y = g()
  while y do
    if x == y then goto out end
    h(function() return y end)
    goto top
  end
end
::out::
return x
