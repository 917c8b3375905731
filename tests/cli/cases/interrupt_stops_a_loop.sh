timeout -s INT 0.5 "$LUA" -e 'while true do end'; echo "status $?"
timeout -s INT 0.5 "$LUA" -e 'print(pcall(function() while true do end end))'; echo "status $?"
timeout -s INT 0.5 "$LUA" -e 'local s = 0 for i = 1, math.maxinteger do s = s + i % 3 end'; echo "status $?"
timeout -s INT 0.5 "$LUA" -e 'local function f() return f() end f()'; echo "status $?"
timeout -s INT 0.5 "$LUA" -e 'local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end' 2>err; echo "status $?"; grep -o 'interrupted!' err
