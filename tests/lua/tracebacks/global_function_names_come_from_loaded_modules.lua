package.loaded.mymod = {run = function(f) f() end}
function global_outer(f) f() end
local function show() print(debug.traceback("here")) end
package.loaded.mymod.run(function() global_outer(show) end)
pcall(string.gsub, "a", "a", function() print(debug.traceback("c")) end)
-- expect: here
-- expect: stack traceback:
-- expect: 	global_function_names_come_from_loaded_modules.lua:3: in local 'f'
-- expect: 	global_function_names_come_from_loaded_modules.lua:2: in function 'global_outer'
-- expect: 	global_function_names_come_from_loaded_modules.lua:4: in local 'f'
-- expect: 	global_function_names_come_from_loaded_modules.lua:1: in function 'mymod.run'
-- expect: 	global_function_names_come_from_loaded_modules.lua:4: in main chunk
-- expect: 	[C]: in ?
-- expect: c
-- expect: stack traceback:
-- expect: 	global_function_names_come_from_loaded_modules.lua:5: in function <global_function_names_come_from_loaded_modules.lua:5>
-- expect: 	[C]: in function 'string.gsub'
-- expect: 	[C]: in function 'pcall'
-- expect: 	global_function_names_come_from_loaded_modules.lua:5: in main chunk
-- expect: 	[C]: in ?
