-- After a collection began again, the count soon is below twice what is alive.
collectgarbage()
collectgarbage()
local keep = {}
for i = 1, 4000 do keep[i] = {} end
collectgarbage()
local alive = collectgarbage("count")
collectgarbage("stop")
repeat local t = {} until collectgarbage("count") > 3 * alive
collectgarbage("restart")
local made = 0
repeat
  local t = {}
  made = made + 1
until collectgarbage("count") <= 2 * alive or made == 3000000
print(made < 3000000, #keep)
-- expect: true	4000
