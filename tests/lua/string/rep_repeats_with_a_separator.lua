print(("ab"):rep(3), ("ab"):rep(3, "-"), ("ab"):rep(1, "-"), ("ab"):rep(0) == "", ("ab"):rep(-5) == "") -- expect: ababab	ab-ab-ab	ab	true	true
print((""):rep(1000) == "", (""):rep(3, ","), ("x"):rep(3, ""), #("abc"):rep(1000, "12")) -- expect: true	,,	xxx	4998
print(pcall(string.rep, "x", math.maxinteger)) print(pcall(string.rep, "xx", 1 << 62)) print(pcall(string.rep, "x", 1 << 62, "y")) -- expect: false	resulting string too large
-- expect: false	resulting string too large
-- expect: false	resulting string too large
print(pcall(string.rep, "", math.maxinteger, "ab")) -- expect: false	resulting string too large
print(pcall(string.rep)) print(pcall(string.rep, "x")) -- expect: false	bad argument #1 to 'string.rep' (string expected, got no value)
-- expect: false	bad argument #2 to 'string.rep' (number expected, got no value)
