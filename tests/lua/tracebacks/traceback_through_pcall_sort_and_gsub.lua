pcall(function() print(debug.traceback("in pcall")) end)
table.sort({1, 2}, function() print(debug.traceback("in sort")) return false end)
string.gsub("x", "x", function() print(debug.traceback("in gsub")) end)
for _ in (function(s, c) if not c then print(debug.traceback("iterator")) return 1 end end) do end
xpcall(error, function(m) print(debug.traceback(m)) end, "from error")
load("print(debug.traceback('in load'))", "=loaded")()
-- expect: in pcall
-- expect: stack traceback:
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:1: in function <traceback_through_pcall_sort_and_gsub.lua:1>
-- expect: 	[C]: in function 'pcall'
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:1: in main chunk
-- expect: 	[C]: in ?
-- expect: in sort
-- expect: stack traceback:
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:2: in function <traceback_through_pcall_sort_and_gsub.lua:2>
-- expect: 	[C]: in function 'table.sort'
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:2: in main chunk
-- expect: 	[C]: in ?
-- expect: in gsub
-- expect: stack traceback:
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:3: in function <traceback_through_pcall_sort_and_gsub.lua:3>
-- expect: 	[C]: in function 'string.gsub'
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:3: in main chunk
-- expect: 	[C]: in ?
-- expect: iterator
-- expect: stack traceback:
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:4: in for iterator 'for iterator'
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:4: in main chunk
-- expect: 	[C]: in ?
-- expect: from error
-- expect: stack traceback:
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:5: in function <traceback_through_pcall_sort_and_gsub.lua:5>
-- expect: 	[C]: in function 'error'
-- expect: 	[C]: in function 'xpcall'
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:5: in main chunk
-- expect: 	[C]: in ?
-- expect: in load
-- expect: stack traceback:
-- expect: 	loaded:1: in main chunk
-- expect: 	traceback_through_pcall_sort_and_gsub.lua:6: in main chunk
-- expect: 	[C]: in ?
