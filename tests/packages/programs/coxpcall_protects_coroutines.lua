local coxpcall = require "coxpcall"

local co = coroutine.wrap(function(...)
  print(coxpcall.pcall(function(...)
    local got = coroutine.yield("first", ...)
    error("boom " .. got, 0)
  end, ...))
  print(coxpcall.xpcall(function()
    coroutine.yield("second")
    local t = nil
    return t.field
  end, function(message) return "handled: " .. message:gsub("^.-:%d+: ", "") end))
  return "last"
end)
print(co("x", "y"))
print(co("z"))
print(co())
print(coxpcall.running ~= nil, pcall == coxpcall.pcall)
