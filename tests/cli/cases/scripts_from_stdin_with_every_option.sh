printf 'print("s", arg[0] ~= nil, ...)\nfor i = 1, #arg do print(arg[i]) end' > s
printf '#!shebang\nprint(1)\nerror("third line")' > shebang
printf '# only a comment' > comment
printf '\357\273\277#x\nprint("mark and comment")' > mark
printf '\357\273print("half a mark")' > half
printf 'x = = 1' > bad
: > empty
for file in s shebang comment mark half bad empty; do
  for options in '' - '- a b' -W -E '-e print(9)' -- '-- -' '-v'; do
    echo "# $file $options"
    "$LUA" $options <$file 2>&1 | grep -v '^Lua \|^weft 0'
    "$LUA" $options <$file >/dev/null 2>&1; echo "status $?"
  done
  "$LUA" $file 2>&1; echo "status $?"
done
