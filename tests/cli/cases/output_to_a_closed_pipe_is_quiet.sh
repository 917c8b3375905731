"$LUA" -e 'for i = 1, 100000 do print(i) end' | head -2
"$LUA" -e 'print(io.stdout:write("x"))' > /dev/full; echo "status $?"
"$LUA" -e 'io.stdout:setvbuf("no") print(io.stdout:write("x")) io.stderr:write(tostring((select(2, io.stdout:write("y")))), "\n")' > /dev/full; echo "status $?"
