cat > s.lua <<'END'
print(..., arg[1])
END
"$LUA" -e 'arg[1] = "changed"; arg[2] = "added"' s.lua original; echo "status $?"
"$LUA" -e 'arg = nil' s.lua original; echo "status $?"
"$LUA" -e 'arg = 5' s.lua; echo "status $?"
