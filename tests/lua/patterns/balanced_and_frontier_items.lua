print(("f(a(b)c)(d)"):match("%b()"), ("((x)"):match("%b()"), ("if x then if y end end"):find("%bif"), ("<<>"):match("%b<>")) -- expect: (a(b)c)	(x)	1	<>
print(("THE (quick) fox"):gsub("%f[%a]%a+", "W"), ("hello world"):gsub("%f[%w]%w", string.upper), ("word"):find("%f[%z]")) -- expect: W (W) W	Hello World	5	4
print(("THE (quick) fox"):find("%f[%a]%a+%f[%A]", 5), ("abc"):match("%f[%w]()"), ("  x"):match("%f[%S]()")) -- expect: 6	1	3
print(pcall(string.find, "x", "%b")) print(pcall(string.find, "x", "%b(")) print(pcall(string.find, "x", "%f")) print(pcall(string.find, "x", "%fa")) -- expect: false	malformed pattern (missing arguments to '%b')
-- expect: false	malformed pattern (missing arguments to '%b')
-- expect: false	missing '[' after '%f' in pattern
-- expect: false	missing '[' after '%f' in pattern
