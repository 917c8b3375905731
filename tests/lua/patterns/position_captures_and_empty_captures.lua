print(("hello"):match("()ll()"), ("hello"):find("()()"), ("abc"):match("(b?)(z?)"), ("x"):gsub("()", "%1")) -- expect: 3	1		1x2	2
print(("abc"):match("((a)(b))"), ("abc"):match("(a(b(c)))"), ("ab"):gsub("(a)(b)", "%2%1%0"), ("abc"):gsub("()", ",")) -- expect: ab	abc	baab	,a,b,c,	4
print(select("#", ("abc"):match("()()()")), ("key"):match("^(()k())"), (("x"):rep(3)):gsub("()x", "%1")) -- expect: 3	k	123	3
