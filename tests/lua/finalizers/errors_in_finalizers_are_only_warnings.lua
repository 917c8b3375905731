do local x = setmetatable({}, {__gc = function() error "in finalizer" end}) end
collectgarbage()
print "still running" -- expect: still running
do local y = setmetatable({}, {__gc = function() error {} end}) end
collectgarbage()
print(pcall(collectgarbage)) -- expect: true	0
warn("@on")
do local z = setmetatable({}, {__gc = function() error("shown", 0) end}) end
collectgarbage()
do local w = setmetatable({}, {__gc = function() error(setmetatable({}, {__tostring = function() return "x" end})) end}) end
collectgarbage()
print "end" -- expect: end
