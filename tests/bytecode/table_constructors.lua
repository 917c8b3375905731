local a = {}
local b = {1, 2, 3}
local c = {x = 1, ["y"] = 2, [z] = 3}
local d = {1, x = 2, 3}
local e = {1, [i] = 2, x = 3, 4}
local f = {g()}
local h = {1, ..., ...}
local j = {{}, {k = {}}}
