print(("hello world"):gsub("[aeiou]", "*"), ("abc123"):match("[%d]+"), ("abc123"):match("[^%d]+")) -- expect: h*ll* w*rld	123	abc
print(("a-z"):match("[a%-z]+"), ("]x"):match("[]]"), ("^x"):match("[x^]"), ("x]"):match("[^]]"), ("a]b"):match("[]a]+")) -- expect: a-z	]	^	x	a]
print(("foo_bar9"):match("[%w_]+"), ("0x1F"):match("0[xX](%x+)"), ("-"):match("[a-]"), ("b"):match("[a-c]"), ("-"):match("[%a-]")) -- expect: foo_bar9	1F	-	b	-
print(("abc"):match("[a-]"), ("%"):match("[%%]"), ("."):match("[.]"), ("x"):match("[.]"), ("é"):match("[\xc3][\xa9]") ~= nil) -- expect: a	%	.	nil	true
print(pcall(string.match, "x", "[a")) print(pcall(string.match, "x", "[]")) print(pcall(string.match, "x", "[^]")) print(pcall(string.match, "x", "[a-")) print(pcall(string.match, "x", "[%")) -- expect: false	malformed pattern (missing ']')
-- expect: false	malformed pattern (missing ']')
-- expect: false	malformed pattern (missing ']')
-- expect: false	malformed pattern (missing ']')
-- expect: false	malformed pattern (missing ']')
