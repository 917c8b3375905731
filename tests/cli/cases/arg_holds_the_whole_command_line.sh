cat > s.lua <<'END'
local low = 0
while arg[low - 1] do low = low - 1 end
for i = low + 1, #arg do print(i, arg[i]) end
print(low, arg[low] == os.getenv("LUA"))
END
"$LUA" -e 'x = 1' -W s.lua one two
"$LUA" -- s.lua one
"$LUA" -E s.lua
"$LUA" - x y < s.lua
"$LUA" -e 'print(#arg, arg[0] == os.getenv("LUA"), arg[1], arg[2])'
