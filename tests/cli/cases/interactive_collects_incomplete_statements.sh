cat > in <<'END'
for i = 1, 2 do --#
print("i", i) --#
end --#
function f(x) --#
return x * 2 --#
end --#
f(21) --#
t = { --#
1, 2, --#
3 } --#
#t --#
s = [[ab --#
cd]] --#
if true then print("yes") --#
end --#
END
"$LUA" -i < in > out; echo "status $?"
sed -e 's/^\(>>* \)*//' -e '/--#$/d' -e '/^$/d' out | tail -n +2
