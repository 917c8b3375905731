cat > mymod.lua <<'END'
print("loading", ...)
return {value = 42}
END
"$LUA" -l mymod -e 'print(mymod.value)'; echo "status $?"
"$LUA" -lmymod -e 'print(mymod.value)'; echo "status $?"
"$LUA" -l m=mymod -e 'print(m.value, mymod)'; echo "status $?"
"$LUA" -l string -e 'print(string.len("x"))'
