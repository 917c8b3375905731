for k, v in pairs(t) do f(k, v) end
for line in io.lines() do if line == "" then break end end
for k in next, t, nil, c do g(function() return k end) end
