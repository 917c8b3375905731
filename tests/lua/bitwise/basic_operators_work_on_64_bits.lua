print(5 & 3, 5 | 3, 5 ~ 3, ~5, ~0, ~-1) -- expect: 1	7	6	-6	-1	0
print(0xff & 0x0f, 0xf0 | 0x0f, 0xff ~ 0x0f) -- expect: 15	255	240
print(-1 & 0xff, -1 | 0, -1 ~ -1) -- expect: 255	-1	0
print(math.maxinteger | math.mininteger, math.maxinteger & math.mininteger) -- expect: -1	0
print(~math.maxinteger == math.mininteger, ~math.mininteger) -- expect: true	9223372036854775807
print(0xdeadbeefcafebabe & 0xffffffff, 0xdeadbeefcafebabe >> 32) -- expect: 3405691582	3735928559
print(string.format("%x %X", 0xdeadbeefcafebabe ~ -1, ~0)) -- expect: 2152411035014541 FFFFFFFFFFFFFFFF
