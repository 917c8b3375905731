local function inner() error("deep error") end
local function outer() inner() end
local co = coroutine.create(outer)
print(coroutine.resume(co)) -- expect: false	errors_keep_the_coroutine_stack_for_traceback.lua:1: deep error
print(debug.traceback(co)) -- expect: stack traceback:
-- expect: 	[C]: in function 'error'
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:1: in upvalue 'inner'
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:2: in function <errors_keep_the_coroutine_stack_for_traceback.lua:2>
print(debug.traceback(co, "with message")) -- expect: with message
-- expect: stack traceback:
-- expect: 	[C]: in function 'error'
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:1: in upvalue 'inner'
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:2: in function <errors_keep_the_coroutine_stack_for_traceback.lua:2>
print(debug.traceback(co, nil, 1)) -- expect: stack traceback:
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:1: in upvalue 'inner'
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:2: in function <errors_keep_the_coroutine_stack_for_traceback.lua:2>
local live = coroutine.create(function() local function y() coroutine.yield() end y() end)
coroutine.resume(live)
print(debug.traceback(live)) -- expect: stack traceback:
-- expect: 	[C]: in function 'coroutine.yield'
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:17: in local 'y'
-- expect: 	errors_keep_the_coroutine_stack_for_traceback.lua:17: in function <errors_keep_the_coroutine_stack_for_traceback.lua:17>
print(debug.traceback(coroutine.create(print))) -- expect: stack traceback:
