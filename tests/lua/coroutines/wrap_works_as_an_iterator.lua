local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
for i, sq in range(3) do print(i, sq) end -- expect: 1	1
-- expect: 2	4
-- expect: 3	9
local function permutations(a, n)
  n = n or #a
  if n <= 1 then coroutine.yield(table.concat(a)) return end
  for i = 1, n do
    a[n], a[i] = a[i], a[n]
    permutations(a, n - 1)
    a[n], a[i] = a[i], a[n]
  end
end
for p in coroutine.wrap(function() permutations {"a", "b", "c"} end) do io.write(p, " ") end
print() -- expect: bca cba cab acb bac abc
