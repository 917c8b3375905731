local a
local b, c
local d, e, f = 1
local g, h = f(), f()
local i, j = 1, 2, f()
local k = 1, 2
