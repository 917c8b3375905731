local get
pcall(function()
  local v = "before error"
  get = function() return v end
  error "x"
end)
print(get()) -- expect: before error
for i = 1, 10 do
  local v = i * 100
  get = function() v = v + 1 return v end
  if i == 3 then break end
end
print(get(), get()) -- expect: 301	302
local co = coroutine.wrap(function()
  local v = "in coroutine"
  get = function(n) local o = v v = n or v return o end
  coroutine.yield()
  print(v) -- expect: set from outside
end)
co()
get("set from outside")
co()
print(get()) -- expect: set from outside
