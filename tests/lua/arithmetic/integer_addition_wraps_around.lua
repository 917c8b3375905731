local max, min = math.maxinteger, math.mininteger
print(max + 1 == min, min - 1 == max, max + max, min + min) -- expect: true	true	-2	0
print(max * 2, min * -1, max * max, min * min) -- expect: -2	-9223372036854775808	1	0
print(-min == min, min // -1, min % -1) -- expect: true	-9223372036854775808	0
print(math.abs(min), max - -1, 0 - min) -- expect: -9223372036854775808	-9223372036854775808	-9223372036854775808
print(1 << 62, (1 << 62) + (1 << 62), 3037000500 * 3037000500) -- expect: 4611686018427387904	-9223372036854775808	-9223372036709301616
