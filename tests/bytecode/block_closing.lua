do
  local a = f()
  g(function() a = 1 end)
end
do local b <close> = f() end
local c <close>, d = f()
return g()
