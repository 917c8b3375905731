print(0x0.1E, 0xA23p-4, 0X1.921FB54442D18P+1) -- expect: 0.1171875	162.1875	3.1415926535898
print(0x.8, 0x8., 0x.8p1, 0x1p-2, 0x1P10) -- expect: 0.5	8.0	1.0	0.25	1024.0
print(0x1p-1074, 0x1p1023, 0x1p1024) -- expect: 4.9406564584125e-324	8.9884656743116e+307	inf
print(0xf.ffffffffffffffffp0 == 16.0) -- expect: true
print(math.type(0x1p4), math.type(0x10)) -- expect: float	integer
print(0x1.8p0 + 0x0.8p0) -- expect: 2.0
