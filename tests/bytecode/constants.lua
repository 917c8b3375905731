local a, b, c, d = 0, 7, 8, -1
local e, f, g = 127, 128, -32769
local h, i, j = 1.5, -0.0, 1e300
local k, l = "text", nil
return true, false, 9007199254740993
