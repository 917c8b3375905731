ulimit -v 400000
"$LUA" -e 'print(pcall(string.rep, "x", 1 << 33))'; echo "status $?"
"$LUA" -e 'local t = {} for i = 1, 40 do t[i] = ("x"):rep(1 << 24) .. i end'; echo "status $?"
"$LUA" -e 'print(select(2, pcall(function() local s = "x" while true do s = s .. s end end)))'; echo "status $?"
"$LUA" -e 'local t = {} pcall(function() while true do t[#t + 1] = {1, 2, 3} end end) t = nil print("recovered")'; echo "status $?"
