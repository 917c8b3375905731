local name = os.tmpname()
io.open(name, "w"):close()
local dir, base = name:match("^(.*)/([^/]*)$")
print(package.searchpath(base, dir .. "/?") == name) -- expect: true
print(package.searchpath("a.b", "./?.x;./?/y.x")) -- expect: nil	no file './a/b.x'
-- expect: 	no file './a/b/y.x'
print(package.searchpath("a-b", "?;?", "-", "+")) -- expect: nil	no file 'a+b'
-- expect: 	no file 'a+b'
print(package.searchpath("a.b", "?.q", "")) -- expect: nil	no file 'a.b.q'
print(package.searchpath("m", "")) -- expect: nil	no file ''
os.remove(name)
print(package.config) -- expect: /
-- expect: ;
-- expect: ?
-- expect: !
-- expect: -
-- expect:
print(type(package.path), type(package.cpath), #package.searchers, type(package.loadlib)) -- expect: string	string	4	function
