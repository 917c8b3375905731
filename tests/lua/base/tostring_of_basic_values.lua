print(tostring(nil), tostring(true), tostring(12), tostring(-0.0), tostring("x")) -- expect: nil	true	12	-0.0	x
print(tostring(1e15), tostring(2^31), tostring(math.mininteger), tostring(1e300 * 1e10)) -- expect: 1e+15	2147483648.0	-9223372036854775808	inf
print(tostring(print):match("^builtin") or tostring(print):match("^function: ")) -- expect: function:
print(tostring({}):match("^table: 0x%x+$") ~= nil, tostring(coroutine.create(print)):match("^thread: ") ~= nil) -- expect: true	true
print(tostring(io.stdout):match("^file %(0x%x+%)$") ~= nil) -- expect: true
print(pcall(tostring)) -- expect: false	bad argument #1 to 'tostring' (value expected)
print(tostring({}) ~= tostring({}), tostring(print) == tostring(print)) -- expect: true	true
