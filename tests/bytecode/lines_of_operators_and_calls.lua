local x =
  a
  +
  b
  .c
f(
  x,
  g
  (1)
)
x
.y
=
x
<
z
