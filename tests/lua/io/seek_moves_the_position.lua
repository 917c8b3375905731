local name = os.tmpname()
local f = io.open(name, "w+")
f:write("0123456789")
print(f:seek(), f:seek("set"), f:read(2), f:seek("cur"), f:seek("cur", 3), f:read(1), f:seek("end"), f:read(1)) -- expect: 10	0	01	2	5	5	10	nil
print(f:seek("end", -3), f:read("a"), f:seek("set", 5), f:write("X") == f, f:seek("set"), f:read("a")) -- expect: 7	789	5	true	0	01234X6789
print(f:seek("set", 100), f:read(1), f:seek("end")) -- expect: 100	nil	10
print(f:seek("set", -1)) print(pcall(f.seek, f, "bad")) print(pcall(f.seek, f, "set", 1.5)) print(pcall(f.seek, f, "set", "x")) -- expect: nil	Invalid argument	22
-- expect: false	bad argument #2 to '?' (invalid option 'bad')
-- expect: false	bad argument #3 to '?' (number has no integer representation)
-- expect: false	bad argument #3 to '?' (number expected, got string)
print(f:setvbuf("no"), f:setvbuf("full", 1024), f:setvbuf("line"), pcall(f.setvbuf, f)) print(f:flush() == f) -- expect: true	true	true	false	bad argument #2 to '?' (string expected, got no value)
-- expect: false
f:close() os.remove(name)
