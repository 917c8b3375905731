for p, c in utf8.codes("aé€😀") do io.write(p, ":", c, " ") end print() -- expect: 1:97 2:233 4:8364 7:128512
for p, c in utf8.codes("") do print("never") end
print(pcall(function() for p, c in utf8.codes("ab\xff") do io.write(p, " ") end end)) -- expect: 1 2 false	codes_iterates_positions_and_codes.lua:3: invalid UTF-8 code
print(pcall(function() for p, c in utf8.codes("\xed\xa0\x80") do end end)) -- expect: false	codes_iterates_positions_and_codes.lua:4: invalid UTF-8 code
for p, c in utf8.codes("\xed\xa0\x80\u{7fffffff}", true) do io.write(p, ":", c, " ") end print() -- expect: 1:55296 4:2147483647
print(pcall(function() for p, c in utf8.codes("a\xc3") do end end)) print(pcall(utf8.codes)) print(pcall(utf8.codes, {})) -- expect: false	codes_iterates_positions_and_codes.lua:6: invalid UTF-8 code
-- expect: false	bad argument #1 to 'utf8.codes' (string expected, got no value)
-- expect: false	bad argument #1 to 'utf8.codes' (string expected, got table)
local f, str, zero = utf8.codes("xy")
print(type(f), str, zero, f(str, 0), f(str, 1), f(str, 2)) -- expect: function	xy	0	1	2
