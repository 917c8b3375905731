collectgarbage("generational")
local old = {}
for i = 1, 100 do old[i] = {} end
collectgarbage("step") collectgarbage("step")
for round = 1, 50 do
  for i = 1, 100 do old[i].young = {round = round, i = i} end
  for i = 1, 200 do local garbage = {{}, {}} end
end
collectgarbage()
local sum = 0
for i = 1, 100 do sum = sum + old[i].young.round * old[i].young.i end
print(sum) -- expect: 252500
local weak = setmetatable({}, {__mode = "v"})
weak[1], weak[2] = {}, old
collectgarbage()
print(weak[1], weak[2] == old) -- expect: nil	true
print(collectgarbage("incremental")) -- expect: generational
