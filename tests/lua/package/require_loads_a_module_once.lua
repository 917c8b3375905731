package.preload.mymod = function(...) print("loading", ...) return {v = 1} end -- expect: loading	mymod	:preload:
local m, extra = require "mymod"
print(m.v, extra, require "mymod" == m, package.loaded.mymod == m) -- expect: 1	:preload:	true	true
print(select("#", require "mymod")) -- expect: 1
-- expect: loading	mymod	:preload:
package.loaded.mymod = nil
print(require "mymod" == m) -- expect: false
package.preload.nothing = function() end
print(require "nothing", package.loaded.nothing) -- expect: true	true
package.preload.falsy = function() return false end
print(require "falsy", package.loaded.falsy) -- expect: false	false
package.preload.sets = function(n) package.loaded[n] = "set by loader" end
print(require "sets") -- expect: set by loader	:preload:
print(require "string" == string, require "_G" == _G) -- expect: true	true
