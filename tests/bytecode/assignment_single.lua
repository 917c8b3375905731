local t, k = {}, 1
x = t
t.a = x
t[k] = t.a
t.b.c[k + 1] = nil
