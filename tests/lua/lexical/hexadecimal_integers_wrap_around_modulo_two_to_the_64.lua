print(0xff, 0xBEBADA, 0XA, 0x0) -- expect: 255	12499674	10	0
print(0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff) -- expect: 9223372036854775807	-9223372036854775808	-1
print(0x1ffffffffffffffff, 0x10000000000000000) -- expect: -1	0
print(0x123456789abcdef0123456789abcdef0) -- expect: 1311768467463790320
print(math.type(0xffffffffffffffffff)) -- expect: integer
