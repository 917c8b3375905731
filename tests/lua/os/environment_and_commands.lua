print(os.getenv("NO_SUCH_VARIABLE_HERE"), type(os.getenv("PATH")), pcall(os.getenv)) -- expect: nil	string	false	bad argument #1 to 'os.getenv' (string expected, got no value)
print(os.execute("exit 3")) print(os.execute("true")) print(os.execute("false")) print(os.execute("kill -9 $$")) -- expect: nil	exit	3
-- expect: true	exit	0
-- expect: nil	exit	1
-- expect: nil	signal	9
print(os.execute()) print(os.execute("exit 0")) -- expect: true
-- expect: true	exit	0
print(os.setlocale(), os.setlocale("C"), os.setlocale(nil, "numeric"), os.setlocale("no_such_locale"), os.setlocale("C", "all"), os.setlocale("", "collate")) -- expect: C	C	C	nil	C	C
print(pcall(os.setlocale, "C", "bad")) -- expect: false	bad argument #2 to 'os.setlocale' (invalid option 'bad')
