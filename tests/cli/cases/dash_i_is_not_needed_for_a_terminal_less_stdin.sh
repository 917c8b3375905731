printf '1 + 1\n' | "$LUA"; echo "status $?"
printf 'print(1 + 1)\n' | "$LUA"; echo "status $?"
printf 'return 5\n' | "$LUA"; echo "status $?"
