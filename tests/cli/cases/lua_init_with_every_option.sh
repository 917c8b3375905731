echo 'print("file", ...)' > f.lua
echo 'x = = 1' > bad.lua
printf '#!first line\nprint("second line")\n' > shebang.lua
echo 'print("script", ...)' > s.lua
for variable in LUA_INIT LUA_INIT_5_4; do
  while read -r init; do
    for options in '-e print(2)' 's.lua a' '-E s.lua' '-i -x' '-lf' '-v'; do
      echo "# $variable=$init $options"
      env "$variable=$init" "$LUA" $options </dev/null 2>&1 |
        grep -v '^Lua \|^weft 0'
    done
    env "$variable=$init" "$LUA" -e '' >/dev/null 2>&1; echo "status $?"
  done <<'END'
print("init", arg[0] ~= nil, ...)
@f.lua
@shebang.lua
@missing.lua
@bad.lua
@
x = =
error("in init")
error()
error({})
error(setmetatable({}, {__tostring = function() return "object" end}))
os.exit(3)
arg = {"other"}
warn("@on") warn("warned")

END
done
env LUA_INIT='print(1)' LUA_INIT_5_4='print(2)' "$LUA" -e 'print(3)'
env LUA_INIT='print(1)' LUA_INIT_5_4= "$LUA" -e 'print(3)'
