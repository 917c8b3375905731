"$LUA" -e 'x = setmetatable({}, {__gc = function() error("in gc") end})'; echo "status $?"
"$LUA" -W -e 'x = setmetatable({}, {__gc = function() error("in gc") end})'; echo "status $?"
"$LUA" -W -e 'x = setmetatable({}, {__gc = function() error({}) end})'; echo "status $?"
"$LUA" -W -e 'for i = 1, 2 do x = setmetatable({}, {__gc = function() error("gc " .. i, 0) end}) end x = nil collectgarbage() print("after")'; echo "status $?"
