print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"), ("hello"):match("l+"), ("hello"):match("xyz")) -- expect: key	ll	nil
print(("2024-01-15"):match("(%d+)-(%d+)-(%d+)"), ("abc"):match("()"), ("abc"):match(".-(c)")) -- expect: 2024	1	c
print(("  trim  "):match("^%s*(.-)%s*$") .. "|", ("abc123"):match("%a+"), ("abc123"):match("%d+")) -- expect: trim|	abc	123
print(("hello"):match("h", 2), ("hello"):match("(l)(l)(o)"), ("x"):match("(x)(y?)"), ("hello"):match("", 3) == "") -- expect: nil	l	x	true
print(("[[nested]]"):match("%[%[(.*)%]%]"), ("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)")) -- expect: nested	(a(b)c)	5	11	quick
print(("hello"):match(".", -1), ("hello"):match("^l", 3), ("hello"):match("^l", 2)) -- expect: o	l	nil
