local function try(open, close, n, middle)
  local _, f, msg = pcall(load, open:rep(n) .. (middle or "") .. close:rep(n), "=c")
  return f and "ok" or msg
end
print(try("do ", "end ", 190), try("do ", "end ", 300)) -- expect: ok	C stack overflow
print(try("while a do ", "end ", 150), try("while a do ", "end ", 300)) -- expect: ok	C stack overflow
print(try("if a then ", "end ", 150), try("if a then ", "end ", 300)) -- expect: ok	C stack overflow
print(load("return " .. ("("):rep(150) .. "1" .. (")"):rep(150))()) -- expect: 1
print(pcall(load, "return " .. ("("):rep(300) .. "1" .. (")"):rep(300), "=c")) -- expect: true	nil	C stack overflow
print(load("return " .. ("{"):rep(150) .. ("}"):rep(150)) ~= nil) -- expect: true
print(pcall(load, "return " .. ("{"):rep(300) .. ("}"):rep(300), "=c")) -- expect: true	nil	C stack overflow
print(load("return " .. ("-"):rep(1) .. (" -"):rep(150) .. "1")()) -- expect: -1
print(pcall(load, "return " .. ("not "):rep(300) .. "1", "=c")) -- expect: true	nil	C stack overflow
print(load("x = " .. ("a.."):rep(150) .. "a") ~= nil) -- expect: true
print(pcall(load, "x = " .. ("a.."):rep(300) .. "a", "=c")) -- expect: true	nil	C stack overflow
print(load("x = " .. ("function() return "):rep(100) .. "1" .. (" end"):rep(100)) ~= nil) -- expect: false
print(pcall(load, "x = " .. ("function() return "):rep(300) .. "1" .. (" end"):rep(300), "=c")) -- expect: true	nil	C stack overflow
