mkdir lib
echo 'return {name = ...}' > lib/amod.lua
LUA_PATH='lib/?.lua' "$LUA" -e 'print(package.path, require("amod").name)'
LUA_PATH_5_4='lib/?.lua' LUA_PATH='other' "$LUA" -e 'print(package.path)'
LUA_PATH='lib/?.lua;;' "$LUA" -e 'print(package.path:sub(1, 10), #package.path > 20, package.path:find(";;"))'
LUA_PATH=';;lib/?.lua' "$LUA" -e 'print(package.path:sub(-9), #package.path > 20)'
LUA_CPATH='c/?.so' "$LUA" -e 'print(package.cpath)'
LUA_CPATH_5_4='v/?.so' LUA_CPATH='c/?.so' "$LUA" -e 'print(package.cpath)'
LUA_PATH='lib/?.lua' LUA_CPATH='c' "$LUA" -E -e 'print(package.path == "lib/?.lua", package.cpath == "c")'
LUA_PATH='lib/?.lua' LUA_CPATH='c/?.so' "$LUA" -e 'print(pcall(require, "nothing.here"))'
