echo 'x = "set by script" print("script runs", ...)' > s.lua
printf 'x --#\nprint(arg[1]) --#\n' > in
"$LUA" -i s.lua argument < in > out; echo "status $?"
sed -e 's/^\(>>* \)*//' -e '/--#$/d' -e '/^$/d' out | tail -n +2
"$LUA" -i -e 'y = 1' < /dev/null > out; echo "status $?"
