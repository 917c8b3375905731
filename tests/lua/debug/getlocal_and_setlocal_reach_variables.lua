local function f(a, b)
  local c = "c"
  do local hidden = 1 end
  local names = {}
  local i = 1
  while true do
    local n, v = debug.getlocal(1, i)
    if not n then break end
    names[#names + 1] = n .. "=" .. tostring(v):gsub("0x%x+", "PTR")
    i = i + 1
  end
  print(debug.setlocal(1, 1, "changed a"), a, debug.setlocal(1, 99, 0)) -- expect: a	changed a	nil
  return #names, names[1], names[2], names[3]
end
print(f("A", "B")) -- expect: 5	a=A	b=B	c=c
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3)) -- expect: a	b	nil
local function va(...) return debug.getlocal(1, -1), debug.getlocal(1, -2), debug.getlocal(1, -3) end
print(va("x", "y")) -- expect: (vararg)	(vararg)	nil
local function sva(...) local n = debug.setlocal(1, -1, "new") return n, ... end
print(sva("old", 2)) -- expect: (vararg)	new	2
print(pcall(debug.getlocal, 100, 1)) -- expect: false	bad argument #1 to 'debug.getlocal' (level out of range)
print(pcall(debug.getlocal, print, 1)) -- expect: true	nil
local co = coroutine.create(function(p) local q = p * 2 coroutine.yield() return q end)
coroutine.resume(co, 21)
print(debug.getlocal(co, 1, 1)) print(debug.getlocal(co, 1, 2)) -- expect: p	21
-- expect: q	42
print(debug.setlocal(co, 1, 2, "set"), coroutine.resume(co)) -- expect: q	true	set
