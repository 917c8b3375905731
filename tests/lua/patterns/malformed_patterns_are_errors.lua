for _, p in ipairs {"(", ")", "%", "(()", "a)", "[a", "[^", "[%a", "%b", "%bx", "%f", "(x", "x)"} do
  print(p, select(2, pcall(string.find, "xx", p))) -- expect: (	unfinished capture
  -- expect: )	nil
  -- expect: %	malformed pattern (ends with '%')
  -- expect: (()	unfinished capture
  -- expect: a)	nil
  -- expect: [a	malformed pattern (missing ']')
  -- expect: [^	malformed pattern (missing ']')
  -- expect: [%a	malformed pattern (missing ']')
  -- expect: %b	malformed pattern (missing arguments to '%b')
  -- expect: %bx	malformed pattern (missing arguments to '%b')
  -- expect: %f	missing '[' after '%f' in pattern
  -- expect: (x	unfinished capture
  -- expect: x)	nil
end
print(pcall(string.find, "x", ("(.)"):rep(33))) -- expect: true	nil
print(pcall(string.rep("x", 10).find, "x", ("(x?)"):rep(32))) -- expect: true	1	1	x
print(pcall(string.gsub, "x", "(", "")) print(pcall(string.gmatch("x", "("))) print(pcall(string.gsub, "x", "x", "%")) -- expect: true	x	2
-- expect: false	unfinished capture
-- expect: false	invalid use of '%' in replacement string
