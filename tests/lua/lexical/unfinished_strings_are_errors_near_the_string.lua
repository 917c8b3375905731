print(load("return 'abc")) -- expect: nil	[string "return 'abc"]:1: unfinished string near <eof>
print(load("return 'abc\ndef'")) -- expect: nil	[string "return 'abc..."]:1: unfinished string near ''abc'
print(load([[return "abc]])) -- expect: nil	[string "return "abc"]:1: unfinished string near <eof>
print(load("return [[abc")) -- expect: nil	[string "return [[abc"]:1: unfinished long string (starting at line 1) near <eof>
print(load("return [==[abc]]")) -- expect: nil	[string "return [==[abc]]"]:1: unfinished long string (starting at line 1) near <eof>
print(load("x = \"a\n")) -- expect: nil	[string "x = "a..."]:1: unfinished string near '"a'
print(load("x = 'a\\")) -- expect: nil	[string "x = 'a\"]:1: unfinished string near <eof>
