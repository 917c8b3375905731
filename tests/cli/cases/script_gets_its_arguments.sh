cat > s.lua <<'END'
print(...)
print(#arg, arg[0], arg[1], arg[2], arg[3], arg[-1] == os.getenv("LUA"), arg[-2])
print(select("#", ...))
END
"$LUA" s.lua a "b c" ""
"$LUA" s.lua
"$LUA" s.lua -v -e --
