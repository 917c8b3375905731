for i = 1, 3 do
  for j = 1, 3 do
    if i * j == 4 then goto found end
  end
end
print("not found")
::found::
print("found") -- expect: found
do
  do do goto deep_exit end end
  print("not here")
end
::deep_exit::
print("left") -- expect: left
