"$LUA" nofile.lua; echo "status $?"
"$LUA" no/such/dir/file.lua; echo "status $?"
mkdir d
"$LUA" d; echo "status $?"
: > empty.lua
"$LUA" empty.lua; echo "status $?"
echo 'print("ok")' > locked.lua
chmod 000 locked.lua
"$LUA" locked.lua; echo "status $?"
