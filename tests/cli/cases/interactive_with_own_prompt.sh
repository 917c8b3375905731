printf '_PROMPT = "" _PROMPT2 = "" --#\nprint("quiet") --#\nos.exit(3) --#\nprint("no") --#\n' > in
"$LUA" -i < in > out; echo "status $?"
sed -e 's/^\(>>* \)*//' -e '/--#$/d' -e '/^$/d' out | tail -n +2
