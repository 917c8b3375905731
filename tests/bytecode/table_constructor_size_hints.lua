local point = {}
point.x = 1
point.y = 2
function point.length(p) return p.x end
local self = setmetatable({}, point)
self.name = "n"
