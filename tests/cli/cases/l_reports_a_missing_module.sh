LUA_PATH="./?.lua" LUA_CPATH="" "$LUA" -l nosuchmodule -e 'print("no")'; echo "status $?"
echo 'x = = 1' > broken.lua
LUA_PATH="./?.lua" LUA_CPATH="" "$LUA" -l broken; echo "status $?"
echo 'error("while loading")' > fails.lua
LUA_PATH="./?.lua" LUA_CPATH="" "$LUA" -l fails; echo "status $?"
