local name = os.tmpname()
local function with(text, ...) local f = io.open(name, "wb") f:write(text) f:close() f = io.open(name, "rb") local r = table.pack(f:read(...)) r[r.n + 1] = f:read("a") f:close() for i = 1, r.n + 1 do r[i] = (string.format("%q", r[i]):gsub("\\\n", "\\n")) end return table.concat(r, " ", 1, r.n + 1) end
print(with("10 2.5 0x1F -7 1e3 .5", "n", "n", "n", "n", "n", "n")) -- expect: 10 0x1.4p+1 31 -7 0x1.f4p+9 0x1p-1 ""
print(with("abc", "n")) print(with("12abc", "n")) print(with("  +5", "n")) print(with("0x", "n")) print(with("1e+", "n")) print(with("", "n")) print(with("99999999999999999999", "n")) print(with("0x1.8p1z", "n")) print(with("- 5", "n")) print(with("1.2.3", "n")) print(with("nan inf", "n")) -- expect: nil "abc"
-- expect: 12 "abc"
-- expect: 5 ""
-- expect: nil ""
-- expect: nil ""
-- expect: nil ""
-- expect: 0x1.5af1d78b58c4p+66 ""
-- expect: 0x1.8p+1 "z"
-- expect: nil " 5"
-- expect: 0x1.3333333333333p+0 ".3"
-- expect: nil "nan inf"
print(with("l1\nl2\n\nl4", "l", "L", "l", "L", "l")) print(with("a\r\nb", "l", "l")) print(with("no newline", "L")) -- expect: "l1" "l2\n" "" "l4" nil ""
-- expect: "a\13" "b" ""
-- expect: "no newline" ""
print(with("abcdef", 2, 3, 5)) print(with("abc", 0, 10, 0)) print(with("", 0)) print(with("", 5)) print(with("", "a", "a")) -- expect: "ab" "cde" "f" ""
-- expect: "" "abc" nil ""
-- expect: nil ""
-- expect: nil ""
-- expect: "" "" ""
print(with("x\0y\nz", "l", 1)) print(with("line\n5 6", "*l", "*n", "*a")) print(with(("x"):rep(3000) .. "\nrest", "l"):len()) print(with("1 2", "n", "n", "n", "l")) -- expect: "x\0y" "z" ""
-- expect: "line" 5 " 6" ""
-- expect: 3009
-- expect: 1 2 nil ""
os.remove(name)
print(pcall(io.stdout.read, io.stdout, "x")) print(pcall(io.read, "q")) print(pcall(io.read, {})) print(pcall(io.read, "*")) -- expect: false	bad argument #2 to '?' (invalid format)
-- expect: false	bad argument #1 to 'io.read' (invalid format)
-- expect: false	bad argument #1 to 'io.read' (string expected, got table)
-- expect: false	bad argument #1 to 'io.read' (invalid format)
