local depth = 0
local function recurse() depth = depth + 1 return 1 + recurse() end
local ok, e = pcall(recurse)
print(ok, e:match("^[^\n]-overflow"), depth > 10000)
local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end})
local ok2, e2 = pcall(function() return t[1] end)
print(ok2, e2:find("stack overflow") ~= nil)
print(select(2, pcall(string.rep)))
error("end", 0)
