local t = setmetatable({}, {__mode = "v"})
local kept = {}
t[1], t[2], t.x, t.y = {}, kept, {}, kept
t.str, t.num, t.bool, t.fn = "string", 42, true, print
collectgarbage()
print(t[1], t[2] == kept, t.x, t.y == kept) -- expect: nil	true	nil	true
print(t.str, t.num, t.bool, t.fn == print) -- expect: string	42	true	true
kept = nil
collectgarbage()
print(t[2], t.y) -- expect: nil	nil
t[1] = function() return t end
collectgarbage()
print(t[1]) -- expect: nil
