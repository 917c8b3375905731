mkdir -p pkg/sub
echo 'return "pkg: " .. table.concat({...}, " ")' > pkg/init.lua
echo 'return "sub: " .. table.concat({...}, " ")' > pkg/sub/leaf.lua
echo 'print(require("pkg")) print(require("pkg.sub.leaf")) print(package.searchpath("pkg.sub.leaf", package.path))' > s.lua
LUA_PATH='./?.lua;./?/init.lua' "$LUA" s.lua; echo "status $?"
echo 'syntax error here' > bad.lua
LUA_PATH='./?.lua' "$LUA" -e 'print(pcall(require, "bad"))'
echo 'error("load time")' > bad2.lua
LUA_PATH='./?.lua' "$LUA" -e 'require "bad2"'; echo "status $?"
