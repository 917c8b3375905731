"$LUA" -v | wc -l; echo "status $?"
"$LUA" -v -e 'print("also runs")' | tail -n +2; echo "status $?"
echo 'print("script")' > s.lua
"$LUA" -v s.lua | tail -n +2
"$LUA" -v - < s.lua | tail -n +2
"$LUA" -v < s.lua | tail -n +2
