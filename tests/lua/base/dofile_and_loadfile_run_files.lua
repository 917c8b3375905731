local name = os.tmpname()
local function write(text) local f = assert(io.open(name, "w")) f:write(text) f:close() end
write("local a = ... return 'ran', a, x")
print(dofile(name)) -- expect: ran	nil	nil
print(loadfile(name)("arg")) -- expect: ran	arg	nil
print(loadfile(name, "t", {x = "env x"})("arg")) -- expect: ran	arg	env x
print(loadfile(name, "b") == nil, (select(2, loadfile(name, "b")):gsub("^.*tmp/[^:]*", "NAME"))) -- expect: true	attempt to load a text chunk (mode is 'b')
write("#!/usr/bin/lua\nreturn debug.getinfo(1, 'l').currentline")
print(dofile(name)) -- expect: 2
write("#comment without newline")
print(dofile(name)) -- expect:
write("\xEF\xBB\xBFreturn 'after BOM'")
print(dofile(name)) -- expect: after BOM
write("\xEF\xBB\xBF# comment\nreturn 'BOM and comment'")
print(dofile(name)) -- expect: BOM and comment
write("syntax error here")
print((select(2, loadfile(name)):gsub("^.*/[^:]*", "NAME"))) -- expect: NAME:1: syntax error near 'error'
print((select(2, pcall(dofile, name)):gsub("^.*/[^:]*", "NAME"))) -- expect: NAME:1: syntax error near 'error'
write("error('runtime')")
print((select(2, pcall(dofile, name)):gsub("^.*/[^:]*", "NAME"))) -- expect: NAME:1: runtime
write("")
print(dofile(name), select("#", dofile(name))) -- expect: nil	0
os.remove(name)
print(pcall(dofile, "/nonexistent/file.lua")) -- expect: false	cannot open /nonexistent/file.lua: No such file or directory
print(loadfile("/nonexistent/file.lua")) -- expect: nil	cannot open /nonexistent/file.lua: No such file or directory
