for _, f in ipairs {"%", "%y", "%10", "%123d", "%.123d", "%#y", "%-", "%1.1.1d", "%ll", "%lld", "%hd", "%*d", "%0-5", "%q5", "% s", "%+s", "%#d", "%#i", "%.3c", "%05s", "%+x", "%n", "%l", "%.d", "%.f"} do
  print(f, pcall(string.format, f, 1)) -- expect: %	false	invalid conversion '%' to 'format'
  -- expect: %y	false	invalid conversion '%y' to 'format'
  -- expect: %10	false	invalid conversion '%10' to 'format'
  -- expect: %123d	false	invalid conversion specification: '%123d'
  -- expect: %.123d	false	invalid conversion specification: '%.123d'
  -- expect: %#y	false	invalid conversion '%#y' to 'format'
  -- expect: %-	false	invalid conversion '%-' to 'format'
  -- expect: %1.1.1d	false	invalid conversion specification: '%1.1.1d'
  -- expect: %ll	false	invalid conversion '%l' to 'format'
  -- expect: %lld	false	invalid conversion '%l' to 'format'
  -- expect: %hd	false	invalid conversion '%h' to 'format'
  -- expect: %*d	false	invalid conversion '%*' to 'format'
  -- expect: %0-5	false	invalid conversion '%0-5' to 'format'
  -- expect: %q5	true	15
  -- expect: % s	false	invalid conversion specification: '% s'
  -- expect: %+s	false	invalid conversion specification: '%+s'
  -- expect: %#d	false	invalid conversion specification: '%#d'
  -- expect: %#i	false	invalid conversion specification: '%#i'
  -- expect: %.3c	false	invalid conversion specification: '%.3c'
  -- expect: %05s	false	invalid conversion specification: '%05s'
  -- expect: %+x	false	invalid conversion specification: '%+x'
  -- expect: %n	false	invalid conversion '%n' to 'format'
  -- expect: %l	false	invalid conversion '%l' to 'format'
  -- expect: %.d	true	1
  -- expect: %.f	true	1
end
print(pcall(string.format, "%d %d", 1)) print(pcall(string.format)) print(pcall(string.format, "%-010d", 1)) -- expect: false	bad argument #3 to 'string.format' (no value)
-- expect: false	bad argument #1 to 'string.format' (string expected, got no value)
-- expect: true	1
