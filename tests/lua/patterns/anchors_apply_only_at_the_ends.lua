print(("abc"):find("^a"), ("abc"):find("^b"), ("abc"):find("c$"), ("abc"):find("b$"), ("a$b"):find("$b"), ("a^b"):find("a^")) -- expect: 1	nil	3	nil	2	1	2
print(("a^b"):match("a^b"), ("a$b"):match("a$b"), (""):match("^$"), ("x"):match("^$"), ("$"):match("^$"), ("$"):match("%$")) -- expect: a^b	a$b		nil	nil	$
print(("aaa"):gsub("^a", "b"), ("aaa"):gsub("a$", "b"), ("abc"):gsub("^", ">"), ("abc"):gsub("$", "<")) -- expect: baa	aab	>abc	abc<	1
for w in ("aaa"):gmatch("^a") do io.write(w, ";") end print() -- expect:
