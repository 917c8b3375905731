-- Finalizers that allocate run about as fast as a program makes objects for
-- them, a third of it when a sanitizer slows them down more than the program.
local waiting, most = 0, 0
local meta = {__gc = function(o)
  waiting = waiting - 1
  for i = 1, 20 do o[i] = {i} end
end}
for i = 1, 300000 do
  setmetatable({}, meta)
  waiting = waiting + 1
  if waiting > most then most = waiting end
end
print(most < 200000) -- expect: true
