while read -r code; do
  echo "# $code"
  "$LUA" -e "$code" 2>&1; echo "status $?"
  echo "$code" | "$LUA" - 2>&1; echo "status $?"
done <<'END'
error()
error(nil)
error({})
error(1)
error(1.5)
error(true)
error("m", 0)
error("m", 2)
error(setmetatable({}, {__tostring = function() return "object" end}))
error(setmetatable({}, {__tostring = function() return 1 end}))
error(setmetatable({}, {__tostring = function() error("inner") end}))
error(setmetatable({}, {__name = "Named"}))
error(print)
error(coroutine.create(print))
local x <close> = setmetatable({}, {__close = function(_, e) print(e) end}) error("e")
local x <close> = setmetatable({}, {__close = function(_, e) error("second") end}) error("e")
coroutine.wrap(function() error({}) end)()
goto x
::a:: ::a::
break
local (
'abc
[[abc
--[[abc
x = '\q'
return return
\x
END
