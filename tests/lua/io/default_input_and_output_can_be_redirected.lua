local name = os.tmpname()
local old = io.output()
local new = io.output(name)
io.write("redirected ", 1, "\n", "second\n")
print("print still goes to stdout", new ~= old, io.type(io.output())) -- expect: print still goes to stdout	true	file
io.close()
print(pcall(io.write, "x")) -- expect: false	default output file is closed
io.output(old)
io.input(name)
print(io.read(), io.read("a"), io.read("l"), io.read(0)) -- expect: redirected 1	second
-- expect: 	nil	nil
print(io.type(io.input()), io.close(io.input()), io.type(io.input())) -- expect: file	true	closed file
print(pcall(io.read)) print(pcall(io.lines)) -- expect: false	default input file is closed
-- expect: false	attempt to use a closed file
io.input(io.open(name)) for l in io.lines() do io.write("<", l, ">") end print() -- expect: <redirected 1><second>
io.input():close() io.input(io.stdin)
print(pcall(io.input, "/nonexistent/file")) print(pcall(io.output, "/nonexistent/dir/file")) print(pcall(io.input, 5.5)) -- expect: false	cannot open file '/nonexistent/file' (No such file or directory)
-- expect: false	cannot open file '/nonexistent/dir/file' (No such file or directory)
-- expect: false	cannot open file '5.5' (No such file or directory)
os.remove(name)
