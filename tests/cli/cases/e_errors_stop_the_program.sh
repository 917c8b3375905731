"$LUA" -e 'error("boom")' -e 'print("not reached")'; echo "status $?"
"$LUA" -e 'x = = 1'; echo "status $?"
"$LUA" -e 'print(("x").y.z)' script.lua; echo "status $?"
"$LUA" -e 'local t = nil; t.x = 1'; echo "status $?"
