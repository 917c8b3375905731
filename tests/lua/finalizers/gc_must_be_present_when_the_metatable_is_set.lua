local log = {}
local late = {}
do local a = setmetatable({}, late) end
late.__gc = function() log[#log + 1] = "late" end
collectgarbage() collectgarbage()
print(#log) -- expect: 0
local placeholder = {__gc = true}
do local b = setmetatable({}, placeholder) end
placeholder.__gc = function() log[#log + 1] = "placeholder" end
collectgarbage() collectgarbage()
print(#log, log[1]) -- expect: 1	placeholder
do local c = setmetatable({}, {__gc = 5}) end
collectgarbage()
print("non-function ignored") -- expect: non-function ignored
