LUA_INIT='print("init")' "$LUA" -e 'print("main")'; echo "status $?"
LUA_INIT='x = 5' "$LUA" -e 'print(x)'
echo 'print("from file", ...)' > init.lua
LUA_INIT='@init.lua' "$LUA" -e 'print("main")'; echo "status $?"
LUA_INIT='print("general")' LUA_INIT_5_4='print("versioned")' "$LUA" -e 'print("main")'
LUA_INIT='print("ignored")' "$LUA" -E -e 'print("main")'; echo "status $?"
LUA_INIT='print("no")' LUA_INIT_5_4='' "$LUA" -e 'print("main")'
