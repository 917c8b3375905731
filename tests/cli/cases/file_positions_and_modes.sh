printf 'abc\ndef\n' > f
"$LUA" -e 'local f = io.open("f", "r+") f:seek("set", 4) f:write("X") f:close()'; cat f
"$LUA" -e 'local f = io.open("f", "a") f:write("more\n") f:close()'; cat f
"$LUA" -e 'local f = io.open("f", "w") f:close()'; wc -c < f
"$LUA" -e 'print(io.open("f", "r"):write("x"))'
"$LUA" -e 'print(io.open("f", "w"):read("a"))'
"$LUA" -e 'io.output("g") io.write("to g") io.close() print(io.open("g"):read("a"))'
"$LUA" -e 'io.input("nofile")'; echo "status $?"
"$LUA" -e 'for l in io.lines("nofile") do end'; echo "status $?"
