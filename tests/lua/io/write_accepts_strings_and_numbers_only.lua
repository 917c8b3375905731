print(io.write("a", 1, 2.5, -0.0, 1e100, "\n") == io.stdout) -- expect: a12.5-01e+100
-- expect: true
print(io.stdout:write("chain"):write("ed\n") == io.stdout) -- expect: chained
-- expect: true
print(pcall(io.write, nil)) print(pcall(io.write, "partial ", {})) print(pcall(io.write, true)) print(io.write() == io.stdout) -- expect: false	bad argument #1 to 'io.write' (string expected, got nil)
-- expect: partial false	bad argument #2 to 'io.write' (string expected, got table)
-- expect: false	bad argument #1 to 'io.write' (string expected, got boolean)
-- expect: true
local f = io.open(os.tmpname(), "r") print(f:write("x")) f:close() -- expect: nil	Bad file descriptor	9
local g = io.tmpfile() g:write("temp") g:seek("set") print(g:read("a"), io.type(g), g:close()) -- expect: temp	file	true
io.write(2^63, " ", math.mininteger, " ", 0x10, "\n") -- expect: 9.2233720368548e+18 -9223372036854775808 16
