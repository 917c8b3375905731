-- Writing, reading, seeking, appending and parsing real files.
local name = os.tmpname()
local f = assert(io.open(name, "w"))
for i = 1, 20 do f:write(("%02d,%s,%g\n"):format(i, ("x"):rep(i % 5), i / 4)) end
print(f:seek("cur"), f:seek("end"), f:close())
local sum, lens = 0, 0
for line in io.lines(name) do
  local n, s, v = line:match("^(%d+),(x*),(.+)$")
  sum, lens = sum + tonumber(v), lens + #s
end
print(sum, lens)
f = io.open(name, "r+")
f:seek("set", 3)
f:write("YY")
f:seek("set", 0)
print(f:read("l", "l", "L"))
print(f:read(5), f:read(0), f:seek("cur"))
f:seek("end", -6)
print(("%q"):format(f:read("a")))
print(f:read("a") == "", f:read("l"), f:read(1), f:read(0), f:read("n"))
f:close()
f = io.open(name, "a+")
f:write("tail 1 2.5 0x10 -3e2 nan end\n")
f:seek("set", 0)
print(f:read("l"))
f:seek("end", -29)
print(f:read(4), f:read("n", "n", "n", "n", "n"))
print(f:read("a"))
f:close()
f = io.open(name, "w+b")
f:setvbuf("full", 64)
f:write(string.rep("\0\1\2\r\n", 100))
f:seek("set", 0)
local data = f:read("a")
print(#data, data:byte(1, 5))
f:seek("set", 0)
local n, total = 0, 0
while true do
  local block = f:read(64)
  if not block then break end
  n, total = n + 1, total + #block
end
print(n, total)
f:seek("set", 0)
n = 0
for l in f:lines("L") do n = n + 1 if n == 1 then print(#l, l:byte(1, -1)) end end
print(n)
f:close()
print(pcall(f.read, f), io.type(f), tostring(f))
io.output(name)
io.write("1 2 3\n4 5 6\n", 7, " ", 8.5, "\n")
io.output():close()
io.output(io.stdout)
io.input(name)
local nums = {}
while true do local x = io.read("n") if not x then break end nums[#nums + 1] = x end
io.input():close()
io.input(io.stdin)
print(#nums, table.concat(nums, "|"), math.type(nums[1]), math.type(nums[8]))
for a, b in io.lines(name, "n", "n") do io.write(tostring(a), "-", tostring(b), " ") end
print()
for l in io.lines(name, "L") do io.write(("%q "):format(l)) end
print()
for c in io.lines(name, 4) do io.write("[", (c:gsub("\n", "/")), "]") end
print()
do
  local h <close> = io.open(name)
  print(h:read("l"))
  f = h
end
print(io.type(f))
print(pcall(function() for l in io.lines(name, "l", "bad") do end end))
print(select("#", io.lines(name)), pcall(io.lines, name .. ".missing") == false)
local p = io.popen("sort -r " .. name)
print(p:read("a"))
print(p:close())
p = io.popen("wc -l", "w")
io.stdout:flush()
p:write("a\nb\nc\n")
print(p:close())
local tmp = io.tmpfile()
tmp:write("in temporary file")
tmp:seek("set", 3)
print(tmp:read("a"), tmp:close())
print(os.rename(name, name .. "2"), io.open(name) == nil, os.remove(name .. "2"), select("#", os.remove(name .. "2")))
print(io.open("/nonexistent/dir/file", "w"))
print(io.open("/", "w"))
print((select(2, pcall(io.lines, "/nonexistent"))))
local dir = io.open("/")
print(dir and dir:read(1))
print(dir and dir:read("a"), dir and dir:close())
