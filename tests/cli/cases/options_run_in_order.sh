echo 'print("module m") return {}' > m.lua
echo 'print("script", x)' > s.lua
"$LUA" -e 'print("first")' -l m -e 'x = "set"; print("second")' s.lua
