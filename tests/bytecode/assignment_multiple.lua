local t, i, j, x, y
x, y = y, x
t[i], t[j] = t[j], t[i]
i, t[i] = i + 1, 20
g, t.a.b, y = f()
x, y = 1
x, y = 1, 2, 3
