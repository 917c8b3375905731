"$LUA" -e 'for i = 1, 20000 do io.write(i, " ") end print()' | cksum
"$LUA" -e 'io.stdout:setvbuf("full", 1 << 20) for i = 1, 20000 do io.write(i, "\n") end error("end")' 2>/dev/null | tail -1
"$LUA" -e 'for i = 1, 5000 do print(("x"):rep(100)) end os.exit(0)' | wc -c
"$LUA" -e 'io.write(("y"):rep(1 << 20))' | wc -c
