for value in 1 true '"x"' '{}' 'setmetatable({}, {__name = "Name"})' 'io.stdout' \
  'setmetatable({}, {__call = function(self, o) print(self ~= o, type(o)) end})'; do
  "$LUA" -W -e "setmetatable({}, {__gc = $value}) collectgarbage() print 'on'" 2>&1
  "$LUA" -W -e "setmetatable({}, {__gc = $value})" 2>&1
  "$LUA" -W -e "local t = setmetatable({}, {__gc = $value}) t = nil
    local n = 0 repeat n = n + 1; local x = {n} until n == 100000" 2>&1 |
    sed 's/:[0-9]*:/:LINE:/'
done
