local name = os.tmpname()
local f = io.open(name, "w") f:write("a 1\nb 2\nc 3") f:close()
for l in io.lines(name) do io.write("[", l, "]") end print() -- expect: [a 1][b 2][c 3]
for l in io.lines(name, "L") do io.write("[", l, "]") end print() -- expect: [a 1
-- expect: ][b 2
-- expect: ][c 3]
for c, d in io.lines(name, 1, 2) do io.write(c, "|", d, ";") end print() -- expect: a| 1;
-- expect: |b ;2|
-- expect: c; |3;
f = io.open(name)
for l in f:lines() do io.write(l, ",") end print(io.type(f)) print(f:read()) f:close() -- expect: a 1,b 2,c 3,file
-- expect: nil
print(pcall(f.lines, f)) -- expect: false	attempt to use a closed file
f = io.open(name) local it = f:lines() f:close() print(pcall(it)) -- expect: false	file is already closed
local it2, a, b, c = io.lines(name) print(type(it2), a, b, io.type(c)) -- expect: function	nil	nil	file
for l in it2 do end print(pcall(it2)) -- expect: false	file is already closed
for l in io.lines(name) do break end
print(pcall(io.lines, "/nonexistent/file")) print(pcall(function() for l in io.lines(name, "x") do end end)) -- expect: false	cannot open file '/nonexistent/file' (No such file or directory)
-- expect: false	lines_iterates_and_closes.lua:18: bad argument #2 to 'for iterator' (invalid format)
print(pcall(function() for l in io.lines(name, "n") do print(l) end end)) -- expect: true
os.remove(name)
