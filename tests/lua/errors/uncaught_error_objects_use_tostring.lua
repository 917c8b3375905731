print "object error" -- expect: object error
error(setmetatable({}, {__tostring = function() return "my error object" end}))
-- expect error: my error object
