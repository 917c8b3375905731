local t
local function late() t.x = f() end
local function plain() t.x = 1; t.y.z = f() end
