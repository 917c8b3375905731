local t = setmetatable({}, {
  __add = function() print(debug.traceback("add")) return 1 end,
  __index = function() print(debug.traceback("index")) end,
  __call = function() print(debug.traceback("call")) end,
  __lt = function() print(debug.traceback("lt")) end,
  __concat = function() print(debug.traceback("concat")) return "" end,
})
local _ = t + 1
_ = t.x
t()
_ = t < t
_ = t .. "x"
-- expect: add
-- expect: stack traceback:
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:2: in metamethod 'add'
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:8: in main chunk
-- expect: 	[C]: in ?
-- expect: index
-- expect: stack traceback:
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:3: in metamethod 'index'
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:9: in main chunk
-- expect: 	[C]: in ?
-- expect: call
-- expect: stack traceback:
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:4: in local 't'
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:10: in main chunk
-- expect: 	[C]: in ?
-- expect: lt
-- expect: stack traceback:
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:5: in metamethod 'lt'
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:11: in main chunk
-- expect: 	[C]: in ?
-- expect: concat
-- expect: stack traceback:
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:6: in metamethod 'concat'
-- expect: 	traceback_shows_c_functions_and_metamethods.lua:12: in main chunk
-- expect: 	[C]: in ?
