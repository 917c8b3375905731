# The first piece of an endless file holds the error.
"$LUA" /dev/zero
echo "status $?"
"$LUA" - </dev/full
echo "status $?"
"$LUA" -e 'print(loadfile("/dev/zero"))' -e 'print(pcall(dofile, "/dev/full"))'
yes 'x = = 1' | "$LUA" -
echo "status $?"
yes 'x = 1' | head -n 200000 | "$LUA" -
echo "status $?"

# Long scripts: a first line with #, a byte order mark, an error far behind.
for start in '' '#!line
' '# ' '#' "$(printf '\357\273\277#x')" "x = [[x]] .. ']]'; "; do
  START=$start "$LUA" -e 'io.write(os.getenv "START")
    for i = 1, 20000 do print("x = " .. i .. " --", i) end
    print "print(x, debug.getinfo(1, [[l]]).currentline) error(1 .. 2)"' \
    >long.lua
  "$LUA" long.lua
  echo "status $?"
done
"$LUA" -e 'io.write("#", ("x"):rep(100000), "\nprint(2) error(3)")' >long.lua
"$LUA" long.lua
"$LUA" -e 'io.write("print(#[[", ("x"):rep(300000), "]])\nx = }")' >long.lua
"$LUA" long.lua
"$LUA" -e 'io.write("print(#[[", ("x"):rep(300000), "]])")' | "$LUA"
