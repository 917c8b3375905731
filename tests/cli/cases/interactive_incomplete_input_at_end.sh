printf 'for i = 1, 2 do --#\n' > in
"$LUA" -i < in > out 2>/dev/null; echo "status $?"
grep -c 'i = 1.*i = 2' out
