"$LUA" -e 'print("out") io.stderr:write("err\n") io.stdout:write("out2\n") io.write("out3\n")' 2>/dev/null
"$LUA" -e 'print("out") io.stderr:write("err\n") warn("@on") warn("w")' >/dev/null
"$LUA" -e 'print("x") error("e")' 2>&1 >/dev/null | head -1
