"$LUA" -e 2>err; echo "status $?"; head -1 err >&2
"$LUA" -l 2>err; echo "status $?"; head -1 err >&2
