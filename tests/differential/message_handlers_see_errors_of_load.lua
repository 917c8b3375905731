-- Text that nests too deep is an error that message handlers see, inside load.
local deep = {("("):rep(300) .. "1" .. (")"):rep(300), ("{"):rep(300), ("do "):rep(300), ("a="):rep(1) .. ("-"):rep(300).."1", ("function f() "):rep(300), "return " .. ("a.b("):rep(300), ("x"):rep(1).."=" .. ("1 .. "):rep(300).."1", ("x=2^"):rep(1)..("2^"):rep(300).."2", ("if a then "):rep(300), ("while a do "):rep(300), ("repeat "):rep(300), ("for i=1,2 do "):rep(300), "return function(" .. ("a,"):rep(300).."a) end", "local "..("a,"):rep(300).."a", "x = "..("not "):rep(300).."a", "a"..("[b"):rep(300), ("("):rep(100)}
for i, d in ipairs(deep) do
  print(i, xpcall(load, debug.traceback, d))
  print(i, xpcall(load, function(m) return "H:" .. tostring(m) end, d))
  print(i, xpcall(load, debug.traceback, (function() local n = 0 return function() n = n + 1 return n == 1 and d or nil end end)()))
end
local function f() return load(deep[1]) end
print(xpcall(f, debug.traceback))
print(xpcall(function() return (load(deep[1])) end, debug.traceback))
print(xpcall(function() assert(load(deep[1])) end, debug.traceback))
print(xpcall(function() return load(function() error("inner") end) end, debug.traceback))
print(xpcall(function() return load(function() error({}) end) end, function(e) return type(e) end))
print(xpcall(function() return load(function() return 1 , error() end) end, debug.traceback))
print(xpcall(load, debug.traceback, "x ="))
print(xpcall(load, debug.traceback, function() return {} end))
print(xpcall(load, debug.traceback, "\27Lua"))
print(xpcall(load, debug.traceback, string.dump(f):sub(1, 20)))
print(xpcall(load, debug.traceback, ("x = 1 "):rep(10).."goto a"))
local t = {} for i=1,256 do t[i] = "local a"..i end
print(xpcall(load, debug.traceback, table.concat(t, " ")))
print(select(2, coroutine.resume(coroutine.create(function() print(xpcall(load, debug.traceback, deep[1])) end))))
