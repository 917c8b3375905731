local name = os.tmpname()
local f = io.open(name, "w")
print(io.type(f), io.type(5), io.type({}), pcall(io.type)) print((tostring(f):gsub("0x%x+", "PTR"))) -- expect: file	nil	nil	false	bad argument #1 to 'io.type' (value expected)
-- expect: file (PTR)
print(f:close(), io.type(f), tostring(f)) -- expect: true	closed file	file (closed)
print(pcall(f.write, f, "x")) print(pcall(f.close, f)) print(pcall(f.read, f)) print(pcall(f.seek, f)) print(pcall(f.flush, f)) print(pcall(io.close, f)) -- expect: false	attempt to use a closed file
-- expect: false	attempt to use a closed file
-- expect: false	attempt to use a closed file
-- expect: false	attempt to use a closed file
-- expect: false	attempt to use a closed file
-- expect: false	attempt to use a closed file
print(pcall(io.stdout.write, 5)) print(pcall(f.write)) print(getmetatable(f).__name, type(getmetatable(f).__index), type(getmetatable(f).__gc), type(getmetatable(f).__close)) -- expect: false	bad argument #1 to '?' (FILE* expected, got number)
-- expect: false	bad argument #1 to '?' (FILE* expected, got no value)
-- expect: FILE*	table	function	function
do local g <close> = io.open(name) print(io.type(g)) f = g end print(io.type(f)) -- expect: file
-- expect: closed file
print(io.type(io.stdin), io.type(io.stdout), io.type(io.stderr), tostring(io.stdout):match("^file %(0x") ~= nil) -- expect: file	file	file	true
f = io.open(name) f:close() print(f == f, pcall(function() return f < f end)) -- expect: true	false	type_and_tostring_tell_open_from_closed.lua:18: attempt to compare two FILE* values
os.remove(name)
