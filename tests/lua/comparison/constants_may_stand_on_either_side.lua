local x, y, f = 5, 5.0, 4.5
print(x < 6, x <= 5, x > 4, x >= 5, x == 5, x ~= 5) -- expect: true	true	true	true	true	false
print(6 > x, 5 >= x, 4 < x, 5 <= x, 5 == x, 5 ~= x) -- expect: true	true	true	true	true	false
print(y == 5, y < 6, y > 4.5, 5 == y, f < 5, f > 4, 4 < f, 5 > f, f == 4) -- expect: true	true	true	true	true	true	true	true	false
print(x < 5.5, x > 4.5, x == 5.0, 5.5 > x, x ~= 5.0) -- expect: true	true	true	true	false
print(x == "5", x == nil, "5" == x, nil == x, x == true) -- expect: false	false	false	false	false
print(x < math.huge, x > -math.huge, x < 1e300, x < -1e300) -- expect: true	true	true	false
