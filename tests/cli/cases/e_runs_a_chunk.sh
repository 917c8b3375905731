"$LUA" -e 'print(1 + 1)'; echo "status $?"
"$LUA" -e'print("glued")'; echo "status $?"
"$LUA" -e 'x = 1' -e 'print(x)' -e 'x = x + 1 print(x)'; echo "status $?"
"$LUA" -e ''; echo "status $?"
"$LUA" -e 'local a = ... print(a, select("#", ...))'
