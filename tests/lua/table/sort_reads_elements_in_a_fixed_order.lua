-- What a metamethod sees of table.sort: reads and writes of each step.
local real = {5, "s", "s", 6, "s", 2.5, 3}
local log = {}
local proxy = setmetatable({}, {
  __len = function() return #real end,
  __index = function(_, k) log[#log + 1] = "get " .. k return real[k] end,
  __newindex = function(_, k, v) log[#log + 1] = "set " .. k real[k] = v end,
})
table.sort(proxy, function(a, b) return tostring(a) > tostring(b) end)
print(table.concat(log, ", ")) -- expect: get 1, get 7, get 4, get 1, set 4, set 1, get 4, get 6, set 4, set 6, get 2, get 3, get 4, get 5, set 4, set 5, get 5, get 4, set 6, set 5, get 6, get 7, set 6, set 7, get 1, get 4, set 1, set 4, get 2, get 1, get 4, get 2, get 3, set 2, set 3, get 2, get 2, set 2, set 2, get 3, get 1, set 3, set 3, get 1, get 2
print(table.concat(real, " ")) -- expect: s s s 6 5 3 2.5

log, real = {}, {3, 1, 2}
table.sort(proxy)
print(table.concat(log, ", ")) -- expect: get 1, get 3, set 1, set 3, get 2, get 1, set 2, set 1
