local a, b, c = ...
local x = a and b
local y = a or b or c
local z = a == b and b or c
local w = (a or b) and c
return not (a and b), nil and a, 1 and a, false or b
