print(7 / 2, 8 / 2, -7 / 2, 0 / 5, 1 / 3) -- expect: 3.5	4.0	-3.5	0.0	0.33333333333333
print(1 / 0, -1 / 0, 1 / -0.0) -- expect: inf	-inf	-inf
local nan = 0 / 0
print(nan ~= nan, nan == nan, nan < nan, nan > 1, not (nan <= nan)) -- expect: true	false	false	false	true
print(math.maxinteger / 1, math.mininteger / -1) -- expect: 9.2233720368548e+18	9.2233720368548e+18
print((2^53 + 1) / 1) -- expect: 9.007199254741e+15
