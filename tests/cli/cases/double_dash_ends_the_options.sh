echo 'print("script", ...)' > s.lua
"$LUA" -- s.lua -e x; echo "status $?"
"$LUA" -e 'print("e")' -- s.lua; echo "status $?"
cp s.lua ./-dash.lua
"$LUA" -- -dash.lua y; echo "status $?"
"$LUA" -dash.lua 2>err; echo "status $?"; head -1 err >&2
echo 'print("stdin", ...)' | "$LUA" -e 'print("first")' -- - q; echo "status $?"
"$LUA" -e 'print("only")' --; echo "status $?"
