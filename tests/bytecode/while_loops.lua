local n = ...
while n > 0 do n = n - 1 end
while true do if n then break end f() end
while n and f(n) do local x = n; g(x) end
while false do f() end
