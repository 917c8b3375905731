local src = "local a = 1\nlocal t = nil\nreturn t.x"
local f = load(src, "=chunk")
print(pcall(load(string.dump(f)))) -- expect: false	chunk:3: attempt to index a nil value (local 't')
print(pcall(load(string.dump(f, true)))) -- expect: false	?:-1: attempt to index a nil value
print(#string.dump(f, true) < #string.dump(f)) -- expect: true
local g = load(string.dump(function(p) local q = p return q end, true))
print(debug.getlocal(g, 1), g(5)) -- expect: nil	5
print(debug.getinfo(g, "S").short_src, debug.getinfo(load(string.dump(f, true), "=given"), "S").short_src) -- expect: ?	?
local up = 1
local h = load(string.dump(function() return up end, true))
print((debug.getupvalue(h, 1))) -- expect: (no name)
print(debug.getinfo(g, "l").currentline, next(debug.getinfo(g, "L").activelines or {})) -- expect: -1	nil
