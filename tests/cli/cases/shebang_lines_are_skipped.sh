printf '#!/usr/bin/env lua\nprint("with shebang", debug.getinfo(1, "l").currentline)\n' > a.lua
"$LUA" a.lua
printf '# any comment\nerror("line two")\n' > b.lua
"$LUA" b.lua; echo "status $?"
printf '#only' > c.lua
"$LUA" c.lua; echo "status $?"
printf '\n#not first\n' > d.lua
"$LUA" d.lua; echo "status $?"
printf '\357\273\277print("bom")\n' > e.lua
"$LUA" e.lua
printf '\357\273\277#!bom and shebang\nprint("both")\n' > f.lua
"$LUA" f.lua
