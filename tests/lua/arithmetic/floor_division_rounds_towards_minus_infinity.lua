print(7 // 2, -7 // 2, 7 // -2, -7 // -2) -- expect: 3	-4	-4	3
print(7.0 // 2, -7 // 2.0, 7.5 // 2, -7.5 // 2, 7.5 // -2) -- expect: 3.0	-4.0	3.0	-4.0	-4.0
print(1 // 0.0, -1 // 0.0, 0.0 // 1, -0.0 // 1) -- expect: inf	-inf	0.0	-0.0
print(5 // math.huge, -5 // math.huge, 5 // -math.huge, -5 // -math.huge) -- expect: 0.0	-0.0	-0.0	0.0
print(math.huge // 1, -math.huge // 1) -- expect: inf	-inf
print(6 // 3, -6 // 3, 0 // 7, 1 // math.maxinteger, -1 // math.maxinteger) -- expect: 2	-2	0	0	-1
print(math.mininteger // 1, math.mininteger // -1, math.maxinteger // -1) -- expect: -9223372036854775808	-9223372036854775808	-9223372036854775807
print(1e308 // 1e-308, 5.3 // 0.1) -- expect: inf	52.0
