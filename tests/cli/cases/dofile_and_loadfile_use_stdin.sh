echo 'print("dofile from stdin", ...) return 1, 2' > in
"$LUA" -e 'print(dofile())' < in
"$LUA" -e 'print(loadfile()("arg"))' < in
"$LUA" -e 'print(pcall(dofile, "missing.lua"))'
"$LUA" -e 'print(loadfile("missing.lua"))'
echo 'x = = 1' > bad.lua
"$LUA" -e 'print(loadfile("bad.lua"))'
"$LUA" -e 'dofile("bad.lua")'; echo "status $?"
