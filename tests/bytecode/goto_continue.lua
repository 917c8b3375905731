for i = 1, 3 do
  local a = f(i)
  if a then goto continue end
  local b = g(a)
  h(b)
  ::continue::
end
