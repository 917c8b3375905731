print(xpcall(function() error("first", 0) end, function(m) error("in handler", 0) end)) -- expect: false	error in error handling
local n = 0
print(xpcall(error, function(m) n = n + 1 if n < 5 then error("again " .. n, 0) end return "settled after " .. n end, "E")) -- expect: false	settled after 5
print(xpcall(function() local t = nil; t.x = 1 end, function(m) local u = nil; return u.y end)) -- expect: false	error in error handling
print(xpcall(error, error, "self")) -- expect: false	error in error handling
print(xpcall(function() error("a", 0) end, function(m) return nil end)) -- expect: false	nil
print(select("#", xpcall(function() error() end, function() end))) -- expect: 2
