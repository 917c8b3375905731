local s = "one\
two\
three"
print(#s) -- expect: 13
print((s:gsub("\n", "|"))) -- expect: one|two|three
print((("a\r\nb"):gsub("[\r\n]", "."))) -- expect: a..b
print(load("return 'a\\\r\nb'")() == "a\nb") -- expect: true
print(load("return 'a\\\n\rb'")() == "a\nb") -- expect: true
print(load("return 'a\\\rb'")() == "a\nb") -- expect: true
