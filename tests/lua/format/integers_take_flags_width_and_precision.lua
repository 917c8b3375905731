print(string.format("[%d] [%5d] [%-5d] [%05d] [%+d] [% d]", 42, 42, 42, 42, 42, 42)) -- expect: [42] [   42] [42   ] [00042] [+42] [ 42]
print(string.format("[%.3d] [%8.3d] [%-8.3d] [%+5d] [%d]", 5, 5, 5, -5, -5)) -- expect: [005] [     005] [005     ] [   -5] [-5]
print(string.format("%x %X %#x %o %#o %5x %-5xl %05x", 255, 255, 255, 8, 8, 255, 255, 255)) -- expect: ff FF 0xff 10 010    ff ff   l 000ff
print(string.format("%d %i %u", 3.0, "10", 7) == nil, string.format("%d %d %d", 3.0, "10", -0.0)) -- expect: false	3 10 0
print(string.format("%x %x %o", -1, math.mininteger, -1), string.format("%d %d", math.maxinteger, math.mininteger)) -- expect: ffffffffffffffff 8000000000000000 1777777777777777777777	9223372036854775807 -9223372036854775808
print(pcall(string.format, "%d", 1.5)) print(pcall(string.format, "%d", "1.5")) print(pcall(string.format, "%d", "x")) print(pcall(string.format, "%x", 2^63)) -- expect: false	bad argument #2 to 'string.format' (number has no integer representation)
-- expect: false	bad argument #2 to 'string.format' (number has no integer representation)
-- expect: false	bad argument #2 to 'string.format' (number expected, got string)
-- expect: false	bad argument #2 to 'string.format' (number has no integer representation)
print(pcall(string.format, "%d", {})) print(pcall(string.format, "%d", nil)) -- expect: false	bad argument #2 to 'string.format' (number expected, got table)
-- expect: false	bad argument #2 to 'string.format' (number expected, got nil)
