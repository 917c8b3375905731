while true do
  goto leave
end
::leave::
print(1) -- expect: 1
for i = 1, 3 do
  while true do
    if i == 2 then goto outer end
    break
  end
  print(i) -- expect: 1
  -- expect: 3
  ::outer::
end
print(load("::break:: ")) -- expect: nil	[string "::break:: "]:1: <name> expected near 'break'
