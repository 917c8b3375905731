while read -r value; do
  for close in '' ', true' ', false'; do
    "$LUA" -e "setmetatable({}, {__gc = function() print 'collected' end})
      local x <close> = setmetatable({}, {__close = function() print 'closed' end})
      os.exit($value$close)" 2>&1
    echo "$value$close: status $?"
  done
done <<'END'
true
false
nil
0
7
259
-1
3.0
3.5
'4'
'x'
{}
END
"$LUA" -W -e "setmetatable({}, {__gc = function() os.exit(9, true) end})" 2>&1; echo "status $?"
"$LUA" -e "coroutine.wrap(function() os.exit(6, true) end)()"; echo "status $?"
"$LUA" -e "local x <close> = setmetatable({}, {__close = function() os.exit(8, true) end}) error('e')"
echo "status $?"
