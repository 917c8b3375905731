package.path = "./?.lua;/nonexistent/?/init.lua"
package.cpath = "/nonexistent/?.so"
print(pcall(require, "no.such.module")) -- expect: false	module 'no.such.module' not found:
-- expect: 	no field package.preload['no.such.module']
-- expect: 	no file './no/such/module.lua'
-- expect: 	no file '/nonexistent/no/such/module/init.lua'
-- expect: 	no file '/nonexistent/no/such/module.so'
-- expect: 	no file '/nonexistent/no.so'
print(pcall(require)) -- expect: false	bad argument #1 to 'require' (string expected, got no value)
print(pcall(require, {})) -- expect: false	bad argument #1 to 'require' (string expected, got table)
package.path = 5
print(pcall(require, "x")) -- expect: false	module 'x' not found:
-- expect: 	no field package.preload['x']
-- expect: 	no file '5'
-- expect: 	no file '/nonexistent/x.so'
package.path = nil
print(pcall(require, "x")) -- expect: false	'package.path' must be a string
package.path = "?"
package.preload.bad = function() error("in loader") end
print(pcall(require, "bad")) -- expect: false	require_reports_every_place_tried.lua:19: in loader
package.searchers = nil
print(pcall(require, "y")) -- expect: false	'package.searchers' must be a table
