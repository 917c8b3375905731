local x <close> = setmetatable({}, {__close = function() print "to-be-closed ran" end})
keep = setmetatable({}, {__gc = function() print "finalizer ran" end})
print "exiting" -- expect: exiting
-- expect: to-be-closed ran
-- expect: finalizer ran
os.exit(0, true)
