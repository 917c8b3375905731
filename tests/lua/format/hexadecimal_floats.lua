print(string.format("%a %a %a %a", 1, 0.5, -2, 0), string.format("%A", 255.5)) -- expect: 0x1p+0 0x1p-1 -0x1p+1 0x0p+0	0X1.FFP+7
print(string.format("%.2a|%12a|%-12a|%+a", 1.999, 1, 1, 1), string.format("%a %a", math.huge, -math.huge)) -- expect: 0x2.00p+0|      0x1p+0|0x1p+0      |+0x1p+0	inf -inf
print(string.format("%a", 0.1), string.format("%a", 5e-324), string.format("%.0a", 1.5), string.format("%a", "0x1p4")) -- expect: 0x1.999999999999ap-4	0x0.0000000000001p-1022	0x2p+0	0x1p+4
