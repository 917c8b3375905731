local a = os.tmpname()
local b = a .. ".moved"
local f = io.open(a, "w") f:write("content") f:close()
print(os.rename(a, b), io.open(a) == nil, select(3, io.open(a))) -- expect: true	true	2
print(os.remove(b)) -- expect: true
local function clean(ok, msg, code) return ok, (tostring(msg):gsub("/.*/[^:]*", "PATH")), code end
print(clean(os.remove(b))) print(clean(os.rename(a, b))) -- expect: nil	PATH: No such file or directory	2
-- expect: nil	No such file or directory	2
print(os.remove("/nonexistent/file")) print(os.rename("/nonexistent/a", "/nonexistent/b")) -- expect: nil	/nonexistent/file: No such file or directory	2
-- expect: nil	No such file or directory	2
print(type(os.tmpname()), pcall(os.remove)) print(pcall(os.rename, "x")) -- expect: string	false	bad argument #1 to 'os.remove' (string expected, got no value)
-- expect: false	bad argument #2 to 'os.rename' (string expected, got no value)
