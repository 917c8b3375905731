# Each line is one command line; the version line is left out.
echo 'print("script", ...) print(arg[0], arg[1], arg[-1] ~= nil, arg[-4] ~= nil)' > s.lua
echo 'return {n = "module"}' > m.lua
while read -r options; do
  echo "# $options"
  "$LUA" $options </dev/null 2>&1 | grep -v '^Lua \|^weft 0'
done <<'END'
-e
-l
-e -
-l -
-e -- s.lua
-x
-ix
-Ex
-vi
-Wi
-O
-?
--x
-
--
-- -
-- --
-- s.lua a
-- -e
- a b
-i -
-i --
-v
-v -
-v -E
-E -v -W
-e print(1) -e print(2)
-eprint(1) s.lua a b
-e print(1) -- s.lua -x
-e x= s.lua
-lm
-l m -e print(m.n)
-lm=m -e print(m.n)
-l g=m -e print(g.n,m)
-l =m
-l m s.lua 1
s.lua -e x
-e print(1) -i
-i s.lua q
-v s.lua z
-W -E s.lua -W
-e warn('@on') -W -e warn('@off') -e warn('y')
-W -e warn('a','b') -e warn('@off') -e warn('c')
-e arg=nil s.lua
-e arg=1 s.lua
-e arg={} s.lua
-e arg={1,2} s.lua
-e arg=setmetatable({},{__len=function()return(2)end}) s.lua
-e arg[1]='changed' s.lua y
END
"$LUA" ""; echo "status $?"
"$LUA" -e ""; echo "status $?"
"$LUA" -e "print(1)" ""; echo "status $?"
"$LUA" -l ""; echo "status $?"
