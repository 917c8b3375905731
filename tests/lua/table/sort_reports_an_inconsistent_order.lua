local t = {}
for i = 1, 100 do t[i] = i end
print(pcall(table.sort, t, function() return true end)) -- expect: false	invalid order function for sorting
for i = 1, 10 do t[i] = 1 end
print(select(2, pcall(table.sort, {1, 2, 3, 4, 5}, function(a, b) return true end))) -- expect: invalid order function for sorting
local u = {3, 2, 1}
print(pcall(table.sort, u, function() return false end)) -- expect: true
print(pcall(table.sort, {1, 2, nil, 4}, function(a, b) return a < b end) ~= nil) -- expect: true
