echo 'error("x")' > s.lua
"$LUA" ./s.lua; echo "status $?"
"$LUA" "$PWD/s.lua" 2>err; sed "s|$PWD|DIR|" err >&2
mkdir -p a/very/long/directory/name/that/exceeds/the/limit/of/sixty/characters
cp s.lua a/very/long/directory/name/that/exceeds/the/limit/of/sixty/characters/
"$LUA" a/very/long/directory/name/that/exceeds/the/limit/of/sixty/characters/s.lua; echo "status $?"
"$LUA" -e 'load("error(1)")()'; "$LUA" -e 'load("error(1)", "=name")()'; "$LUA" -e 'load("error(1)", "@name.lua")()'
cp s.lua 'with space.lua'; "$LUA" 'with space.lua'
