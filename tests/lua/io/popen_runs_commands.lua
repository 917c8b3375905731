local p = io.popen("echo hello; echo world")
print(p:read("l"), p:read("a")) print(p:close())
p = io.popen("exit 7") print(p:close()) p = io.popen("kill -15 $$") print(p:close())
for l in io.popen("printf 'a\\nb\\n'"):lines() do io.write(l, ";") end print()
p = io.popen("cat >/dev/null", "w") print(p:write("data") == p, p:close())
print(pcall(io.popen, "true", "rw")) print(pcall(io.popen)) print(io.type(p), tostring(p))
io.stdout:flush() p = io.popen("cat", "w") p:write("through cat\n") p:close() print "done"
-- expect: hello	world
-- expect:
-- expect: true	exit	0
-- expect: nil	exit	7
-- expect: nil	signal	15
-- expect: a;b;
-- expect: true	true	exit	0
-- expect: false	bad argument #2 to 'io.popen' (invalid mode)
-- expect: false	bad argument #1 to 'io.popen' (string expected, got no value)
-- expect: closed file	file (closed)
-- expect: through cat
-- expect: done
