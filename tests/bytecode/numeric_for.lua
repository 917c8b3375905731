for i = 1, 10 do f(i) end
for i = a, b, -1 do if i == c then break end end
for i = 1, 3 do i = i + 1 end
for i = 1, 3 do g(function() return i end) end
for i = 1, 2 do return i end
