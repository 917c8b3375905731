printf '\033' > a.bin; "$LUA" a.bin 2>err; echo "status $?"; sed 's/(.*)//' err >&2
printf '\033Lua' > b.bin; "$LUA" b.bin 2>err; echo "status $?"; sed 's/(.*)//' err >&2
printf '\033Luaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' > c.bin; "$LUA" c.bin 2>err; echo "status $?"; sed 's/(.*)//' err >&2
printf '\033LJ\002garbage' > d.bin; "$LUA" d.bin 2>err; echo "status $?"; sed 's/(.*)//' err >&2
printf '\177ELF\002\001\001' > e.bin; "$LUA" e.bin; echo "status $?"
printf '\377\376\000\001' > f.bin; "$LUA" f.bin; echo "status $?"
printf 'print("a\000b")' > g.lua; "$LUA" g.lua | wc -c; echo "status $?"
printf 'return \000 1' > h.lua; "$LUA" h.lua; echo "status $?"
