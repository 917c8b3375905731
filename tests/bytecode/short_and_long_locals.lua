local a, b, c, d, e, f, g, h, i, j
h = a
i = h
a = j
