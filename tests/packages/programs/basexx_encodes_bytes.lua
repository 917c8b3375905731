local basexx = require "basexx"

local samples = { "", "f", "fo", "foo", "foob", "fooba", "foobar",
  "\0\1\2\253\254\255", ("weft"):rep(20) }
for _, s in ipairs(samples) do
  for _, base in ipairs { "bit", "hex", "base32", "crockford", "base64",
    "url64" } do
    local text = basexx["to_" .. base](s)
    print(base, text, basexx["from_" .. base](text) == s)
  end
end
print(basexx.to_z85("\x86\x4F\xD2\x6F\xB5\x59\xF7\x5B"))
print(basexx.from_z85("HelloWorld") == "\x86\x4F\xD2\x6F\xB5\x59\xF7\x5B")
print(basexx.from_base64("Zm9v\nYmFy", "\n"))
print(basexx.from_base64("Zm9v*"))
print(basexx.from_hex("0g"))
print(basexx.from_bit("01012"))
print(pcall(basexx.to_z85, "abc"))
