local name = os.tmpname()
local dir, base = name:match("^(.*)/([^/]*)$")
local f = io.open(name, "w")
f:write("local name, file = ... ; return {name = name, file = file}")
f:close()
package.path = dir .. "/?"
local m, where = require(base)
print(m.name == base, m.file == name, where == name) -- expect: true	true	true
f = io.open(name, "w")
f:write("this is not lua")
f:close()
package.loaded[base] = nil
local ok, msg = pcall(require, base)
print(ok, (msg:gsub(base:gsub("%p", "%%%0"), "MOD"):gsub(dir, "DIR"))) -- expect: false	error loading module 'MOD' from file 'DIR/MOD':
-- expect: 	DIR/MOD:1: syntax error near 'is'
os.remove(name)
