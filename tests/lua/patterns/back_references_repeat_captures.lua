print(([["quoted" 'single']]):match([[(["'])(.-)%1]]), ("abab"):match("(ab)%1"), ("abac"):match("(ab)%1")) -- expect: "	ab	nil
print(("hello"):gsub("(l)(%1)", "<%1%2>"), ("=[[x]]="):match("(=)%[%[(.-)%]%]%1"), ("aa bb cd"):gsub("(%a)%1", "D")) -- expect: he<ll>o	=	D D cd	2
print(pcall(string.match, "x", "%1")) print(pcall(string.match, "x", "(x%1)")) print(pcall(string.match, "x", "(x)%2")) print(pcall(string.gsub, "x", "x", "%2")) -- expect: false	invalid capture index %1
-- expect: false	invalid capture index %1
-- expect: false	invalid capture index %2
-- expect: false	invalid capture index %2
