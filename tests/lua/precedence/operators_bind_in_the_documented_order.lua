print(1 + 2 * 3, (1 + 2) * 3, 2 * 3 % 4, 2 ^ 3 * 2) -- expect: 7	9	2	16.0
print(-2 ^ 2, not nil == true, not (nil == true)) -- expect: -4.0	true	true
print(1 .. 2 == "12", 1 + 2 < 4, "a" .. "b" == "ab") -- expect: true	true	true
print(1 << 2 + 1, (1 << 2) + 1, 1 | 2 & 3, 5 & 6 ~ 3, 1 | 6 ~ 4) -- expect: 8	5	3	7	3
print(1 < 2 and 2 < 3, nil and nil or 1, 1 or 2 and 3) -- expect: true	1	1
print(2 ^ -2, -3 ^ 2, -2 ^ -2, 2 ^ 3 ^ 0) -- expect: 0.25	-9.0	-0.25	2.0
print(5 - 3 - 1, 2 ^ 2 ^ 3, "a" .. "b" .. "c", 100 / 10 / 5, 7 // 2 // 2) -- expect: 1	256.0	abc	2.0	1
print(#"abc" + 1, -#"abc", not #"", ~5 & 3, - - 2, ~~5, not not 1) -- expect: 4	-3	false	2	2	5	true
print(3 == 3 == true, 1 < 2 == true, "x" == "x" ~= false) -- expect: true	true	true
print(1 << 1 << 1, 16 >> 1 >> 1, #"ab" .. "c" == "2c") -- expect: 4	4	true
