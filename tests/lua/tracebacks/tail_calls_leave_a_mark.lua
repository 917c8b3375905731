local function callee() print(debug.traceback("tail")) end
local function caller() return callee() end
caller()
local function twice() return caller() end
twice()
-- expect: tail
-- expect: stack traceback:
-- expect: 	tail_calls_leave_a_mark.lua:1: in function <tail_calls_leave_a_mark.lua:1>
-- expect: 	(...tail calls...)
-- expect: 	tail_calls_leave_a_mark.lua:3: in main chunk
-- expect: 	[C]: in ?
-- expect: tail
-- expect: stack traceback:
-- expect: 	tail_calls_leave_a_mark.lua:1: in function <tail_calls_leave_a_mark.lua:1>
-- expect: 	(...tail calls...)
-- expect: 	tail_calls_leave_a_mark.lua:5: in main chunk
-- expect: 	[C]: in ?
