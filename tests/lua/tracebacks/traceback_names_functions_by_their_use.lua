local t = {}
function globalfn(f) f() end
function t.field() globalfn(function() print(debug.traceback("x")) end) end
function t:method() self.field() end
local function localfn() t:method() end
local up = localfn
local function usesup() up() end
usesup()
-- expect: x
-- expect: stack traceback:
-- expect: 	traceback_names_functions_by_their_use.lua:3: in local 'f'
-- expect: 	traceback_names_functions_by_their_use.lua:2: in function 'globalfn'
-- expect: 	traceback_names_functions_by_their_use.lua:3: in field 'field'
-- expect: 	traceback_names_functions_by_their_use.lua:4: in method 'method'
-- expect: 	traceback_names_functions_by_their_use.lua:5: in upvalue 'up'
-- expect: 	traceback_names_functions_by_their_use.lua:7: in local 'usesup'
-- expect: 	traceback_names_functions_by_their_use.lua:8: in main chunk
-- expect: 	[C]: in ?
