ulimit -v 60000
"$LUA" -e 'print(pcall(function() return io.open("/dev/zero"):read("l") end))'; echo "status $?"
"$LUA" -e 'print(pcall(function() return io.open("/dev/zero"):read("a") end))'; echo "status $?"
"$LUA" -e 'print(pcall(function() for l in io.lines("/dev/zero") do end end))'; echo "status $?"
"$LUA" -e 'local n = 0 print(load(function() n = n + 1 return n == 1 and "return [[" or ("x"):rep(20000) end))'; echo "status $?"
"$LUA" -e 'io.open("/dev/zero"):read(1 << 33)'; echo "status $?"
