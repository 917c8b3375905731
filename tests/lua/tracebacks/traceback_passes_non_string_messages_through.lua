local t = {}
print(debug.traceback(t) == t, debug.traceback(nil) ~= nil, debug.traceback(true))
print(debug.traceback(12))
print(debug.traceback(1.5))
print(type(debug.traceback(print)))
print(debug.traceback("msg", 0))
-- expect: true	true	true
-- expect: 12
-- expect: stack traceback:
-- expect: 	traceback_passes_non_string_messages_through.lua:3: in main chunk
-- expect: 	[C]: in ?
-- expect: 1.5
-- expect: stack traceback:
-- expect: 	traceback_passes_non_string_messages_through.lua:4: in main chunk
-- expect: 	[C]: in ?
-- expect: function
-- expect: msg
-- expect: stack traceback:
-- expect: 	[C]: in function 'debug.traceback'
-- expect: 	traceback_passes_non_string_messages_through.lua:6: in main chunk
-- expect: 	[C]: in ?
