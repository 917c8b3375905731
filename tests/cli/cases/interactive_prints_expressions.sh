cat > in <<'END'
1 + 1 --#
"text", nil, 2.5 --#
= 10 * 2 --#
x = 5 --#
x --#
local y = 7 --#
y --#
return 1, 2 --#
print("printed") --#
{} == nil --#
END
"$LUA" -i < in > out; echo "status $?"
sed -e 's/^\(>>* \)*//' -e '/--#$/d' -e '/^$/d' out | tail -n +2
