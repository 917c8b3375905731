print(type(nil), type(true), type(1), type(1.5), type("x")) -- expect: nil	boolean	number	number	string
print(type({}), type(print), type(function() end)) -- expect: table	function	function
print(type(coroutine.create(print)), type(io.stdout)) -- expect: thread	userdata
print(pcall(type)) -- expect: false	bad argument #1 to 'type' (value expected)
print(type(type(1))) -- expect: string
