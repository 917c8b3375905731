cat > order.lua <<'L'
print("one")
io.stderr:write("two\n")
print("three")
warn("@on")
warn("four")
print("five")
os.execute("echo six")
print("seven")
io.popen("echo eight"):close()
local p = io.popen("cat", "w")
p:write("nine\n")
p:close()
print("ten")
setmetatable({}, {__gc = function() error("eleven", 0) end})
collectgarbage()
print("twelve")
error("thirteen", 0)
L
"$LUA" order.lua > out 2>&1; echo "status $?"
sed 's/^.*: thirteen/thirteen/' out
"$LUA" order.lua 2>&1 | sed 's/^.*: thirteen/thirteen/'
"$LUA" -e 'print("a")' - > out 2>&1 <<'L'
error(setmetatable({}, {__tostring = function() return "b" end}))
L
sed 's/^.*: b/b/' out
