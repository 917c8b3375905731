local function none() return end
local function one(x) return x end
local function two(x) return x, x end
local function tail(x) return one(x) end
local function spread(...) return one(...) end
local function adjusted(x) return (one(x)) end
local function all(...) return 1, ... end
local function method(o) return o:m(1) end
