local name = os.tmpname()
local f = assert(io.open(name, "w"))
print(f:write("line 1\n", 2, " ", 3.5, "\n", "last line") == f, f:close()) -- expect: true	true
f = io.open(name)
print(f:read()) print(f:read("l")) print(f:read("L")) print(f:read(), f:read("a"), f:read("l"), f:read(0)) -- expect: line 1
-- expect: 2 3.5
-- expect: last line
-- expect: nil		nil	nil
f:close()
f = io.open(name, "a") f:write("\nappended\n") f:close()
f = io.open(name) print(#f:read("a"), f:read("a") == "", f:read("a") == "", f:read("l")) f:close() -- expect: 32	true	true	nil
f = io.open(name, "r+") f:write("LINE") f:seek("set", 0) print(f:read("l")) f:close() -- expect: LINE 1
f = io.open(name, "w+") f:write("fresh") f:seek("set") print(f:read("a")) f:close() -- expect: fresh
print(io.open(name, "rb"):read(3)) -- expect: fre
os.remove(name)
print(io.open("/nonexistent/x")) print(io.open("/nonexistent/x", "w")) print(pcall(io.open, name, "bad")) print(pcall(io.open, name, "rw")) print(pcall(io.open)) -- expect: nil	/nonexistent/x: No such file or directory	2
-- expect: nil	/nonexistent/x: No such file or directory	2
-- expect: false	bad argument #2 to 'io.open' (invalid mode)
-- expect: false	bad argument #2 to 'io.open' (invalid mode)
-- expect: false	bad argument #1 to 'io.open' (string expected, got no value)
