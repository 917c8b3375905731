local saved
local runs = 0
local mt = {}
mt.__gc = function(o) runs = runs + 1 saved = o end
do local x = setmetatable({tag = "phoenix"}, mt) end
collectgarbage() collectgarbage()
print(runs, saved.tag) -- expect: 1	phoenix
saved = nil
collectgarbage() collectgarbage()
print(runs, saved) -- expect: 1	nil
do local y = setmetatable({tag = "again"}, {__gc = function(o) runs = runs + 1 setmetatable(o, getmetatable(o)) end}) end
collectgarbage() collectgarbage()
print(runs >= 2) -- expect: true
