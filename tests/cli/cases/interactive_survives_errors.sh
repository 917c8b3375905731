cat > in <<'END'
error("first") --#
x = = 1 --#
nil + 1 --#
undefinedname.field --#
error({}) --#
error(setmetatable({}, {__tostring = function() return "object" end})) --#
coroutine.wrap(function() error("in co") end)() --#
print("still here") --#
) --#
local function f() error("deep", 2) end f() --#
END
"$LUA" -i < in > out; echo "status $?"
sed -e 's/^\(>>* \)*//' -e '/--#$/d' -e '/^$/d' out | tail -n +2
