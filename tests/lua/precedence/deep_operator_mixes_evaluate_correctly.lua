local a, b, c, d = 7, 3, 2, 5
print(a + b * c - d, (a + b) * (c - d), a - (b - (c - d)), a * b // c % d) -- expect: 8	-30	1	0
print(a & b | c ~ d, (a | b) & (c | d), a << c >> 1, ~a + b, -a // b) -- expect: 7	7	14	-5	-3
print(a < b or c < d and a > d, not a == b, not (a == b), a == b == false) -- expect: true	false	true	true
print(a ^ c + b, a ^ -c > 0, -a ^ c, (-a) ^ c) -- expect: 52.0	true	-49.0	49.0
print(a .. b + c .. d, a .. -b, (a .. b) + 1, a .. b .. c == "732") -- expect: 755	7-3	74	true
