print(("aaa"):match("a*"), ("aaa"):match("a-"), ("aaa"):match("a+"), ("aaa"):match("a?"), ("baaa"):match("a*")) -- expect: aaa		aaa	a
print(("<a><b>"):match("<.*>"), ("<a><b>"):match("<.->"), ("aaab"):match("a-b"), ("aaab"):match("^(a-)b")) -- expect: <a><b>	<a>	aaab	aaa
print(("xyz"):match("x?y?z?"), ("xz"):match("xy?z"), ("xyyz"):match("xy*z"), ("xyyz"):match("xy?z")) -- expect: xyz	xz	xyyz	nil
print(("a*b"):match("a%*b"), ("aXb"):match("a.b"), ("ab"):match("a.b"), ("aaaa"):find("a-$")) -- expect: a*b	aXb	nil	1	4
print((("a"):rep(1000)):match("^a*$") ~= nil, #(("a"):rep(100000)):match("a+"), (("ab"):rep(100)):match("^(ab)*$")) -- expect: true	100000	nil
print(("*a"):match("*a"), ("+"):match("+"), ("?"):match("^?"), ("-"):match("-")) -- expect: *a	+	?	-
