"$LUA" -x 2>err; echo "status $?"; head -1 err >&2
"$LUA" --help-me 2>err; echo "status $?"; head -1 err >&2
"$LUA" -ix 2>err; echo "status $?"; head -1 err >&2
"$LUA" -e 'print(1)' -z 2>err; echo "status $?"; head -1 err >&2
"$LUA" -vv 2>err; echo "status $?"; head -1 err >&2
"$LUA" -Ee 'print(1)' 2>err; echo "status $?"; head -1 err >&2
