print("the error object's __tostring fails")
error(setmetatable({}, {__tostring = function() error("nested") end}))
