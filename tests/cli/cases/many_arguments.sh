"$LUA" -e 'print(#arg)' $(seq 1 5) 2>err; echo "status $?"; head -1 err >&2
echo 'print(#arg, select("#", ...), arg[3000], (select(3000, ...)))' > s.lua
"$LUA" s.lua $(seq 1 3000)
echo 'print(#(...), ...)' > t.lua
"$LUA" t.lua "$(printf 'a\nb')"
"$LUA" t.lua ''
