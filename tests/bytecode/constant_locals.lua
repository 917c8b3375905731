local n <const>, s <const> = 10, "name"
local limit <const> = 100
local function f(x) return x < limit and s or limit + 1 end
