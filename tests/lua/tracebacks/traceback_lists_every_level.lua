local function third() print(debug.traceback("message")) end
local function second() third() end
function first() second() end
first()
print(debug.traceback())
print(debug.traceback("only message", 1))
print(debug.traceback("level two", 2))
print(debug.traceback("beyond", 50))
-- expect: message
-- expect: stack traceback:
-- expect: 	traceback_lists_every_level.lua:1: in upvalue 'third'
-- expect: 	traceback_lists_every_level.lua:2: in upvalue 'second'
-- expect: 	traceback_lists_every_level.lua:3: in function 'first'
-- expect: 	traceback_lists_every_level.lua:4: in main chunk
-- expect: 	[C]: in ?
-- expect: stack traceback:
-- expect: 	traceback_lists_every_level.lua:5: in main chunk
-- expect: 	[C]: in ?
-- expect: only message
-- expect: stack traceback:
-- expect: 	traceback_lists_every_level.lua:6: in main chunk
-- expect: 	[C]: in ?
-- expect: level two
-- expect: stack traceback:
-- expect: 	[C]: in ?
-- expect: beyond
-- expect: stack traceback:
