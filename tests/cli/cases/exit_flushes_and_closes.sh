"$LUA" -e 'io.write("unflushed") os.exit(0)' | cat; echo
"$LUA" -e 'local x <close> = setmetatable({}, {__close = function() print("closed") end}) os.exit(0, true)'; echo "status $?"
"$LUA" -e 'local x <close> = setmetatable({}, {__close = function() print("closed") end}) os.exit(0)'; echo "status $?"
"$LUA" -e 'x = setmetatable({}, {__gc = function() print("gc") end}) os.exit(0, true)'; echo "status $?"
"$LUA" -e 'x = setmetatable({}, {__gc = function() print("gc") end}) os.exit(0)'; echo "status $?"
"$LUA" -e 'x = setmetatable({}, {__gc = function() print("gc") end})'; echo "status $?"
"$LUA" -e 'x = setmetatable({}, {__gc = function() print("gc") end}) error("end")'; echo "status $?"
"$LUA" -e 'f = io.open("out", "w") f:write("buffered")'; cat out; echo
