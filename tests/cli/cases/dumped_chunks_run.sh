"$LUA" -e 'local f = io.open("out.bin", "wb") f:write(string.dump(assert(load("print(\"dumped\", ...) return 1", "@orig.lua")))) f:close()'
"$LUA" out.bin a b; echo "status $?"
"$LUA" -e 'local f = io.open("err.bin", "wb") f:write(string.dump(assert(load("local x\nerror(\"inside\")", "@orig.lua")))) f:close()'
"$LUA" err.bin; echo "status $?"
"$LUA" - < out.bin; echo "status $?"
printf '#shebang\n' > s.bin; cat out.bin >> s.bin
"$LUA" s.bin; echo "status $?"
