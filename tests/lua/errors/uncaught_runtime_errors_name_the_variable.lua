print "start" -- expect: start
local config = {}
print(config.window.width) -- expect error: uncaught_runtime_errors_name_the_variable.lua:3: attempt to index a nil value (field 'window')
