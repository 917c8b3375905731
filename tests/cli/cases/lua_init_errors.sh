LUA_INIT='error("in init")' "$LUA" -e 'print("main")'; echo "status $?"
LUA_INIT='x = = 1' "$LUA" -e 'print("main")'; echo "status $?"
LUA_INIT='@nofile.lua' "$LUA" -e 'print("main")'; echo "status $?"
LUA_INIT_5_4='error("versioned init")' "$LUA" -e 'print("main")'; echo "status $?"
