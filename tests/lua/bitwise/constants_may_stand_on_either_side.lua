local x = 0xF0F0
print(x & 0xFF, 0xFF & x, x | 0xF, 0xF | x, x ~ 0xFFFF, 0xFFFF ~ x) -- expect: 240	240	61695	61695	3855	3855
print(x << 4, x >> 4, 1 << (x & 7), 0x10000 >> 4, x & 0.0 + 255) -- expect: 986880	3855	1	4096	240
print(x & -1, x | -1, x ~ -1, x & 1 << 40, x | 1 << 40) -- expect: 61680	-1	-61681	0	1099511689456
print((x & 0xFF) == 0xF0, x & 0xFF == 0xF0 and 1) -- expect: true	1
