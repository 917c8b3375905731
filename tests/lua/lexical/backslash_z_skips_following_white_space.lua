local joined = "abc\z
       def\z   ghi"
print(joined) -- expect: abcdefghi
print("x\z") -- expect: x
local apart = "a\z

b"
print(apart) -- expect: ab
local empty = "\z   \z
  "
print(#empty) -- expect: 0
