print(("hello"):gsub("l", "L"), ("hello"):gsub("l", "L", 1), ("hello"):gsub("x", "y"), ("abc"):gsub("", "-")) -- expect: heLLo	heLlo	hello	-a-b-c-	4
print(("hello world"):gsub("(%w+) (%w+)", "%2 %1"), ("abc"):gsub("%w", "%0%0"), ("abc"):gsub("b", "%%"), ("x"):gsub("x", "%1")) -- expect: world hello	aabbcc	a%c	x	1
print(("hello"):gsub("l", "", 0), ("hello"):gsub("l", "", -1), ("aaa"):gsub("a", "b", 2), (""):gsub("", "x"), (""):gsub("x", "y")) -- expect: hello	hello	bba	x		0
print(("abc"):gsub(".", {}), ("a,b,,c"):gsub(",", ";"), ("x y"):gsub("%s+", "_"), ("abc"):gsub("(a)(b)(c)", "%3%2%1%0")) -- expect: abc	a;b;;c	x_y	cbaabc	1
print(("a b"):gsub("%w*", "W"), ("abc"):gsub("b*", "-"), ("äö"):gsub("[\x80-\xff]", ".")) -- expect: W W	-a-c-	....	4
print(pcall(string.gsub, "x", "x", "%a")) print(pcall(string.gsub, "x", "x", true)) print(pcall(string.gsub, "x", "x")) print(pcall(string.gsub, "x", "x", "y", "z")) -- expect: false	invalid use of '%' in replacement string
-- expect: false	bad argument #3 to 'string.gsub' (string/function/table expected, got boolean)
-- expect: false	bad argument #3 to 'string.gsub' (string/function/table expected, got no value)
-- expect: false	bad argument #4 to 'string.gsub' (number expected, got string)
print(("x"):gsub("x", 5), ("x"):gsub("x", 1.5), ("abc"):gsub("b", "\0"):byte(1, -1)) -- expect: 5	1.5	97	0	99
