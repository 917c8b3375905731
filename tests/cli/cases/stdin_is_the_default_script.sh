echo 'print("from stdin", ...)' | "$LUA"; echo "status $?"
echo 'print("dash", ...)' | "$LUA" - a b; echo "status $?"
echo 'error("in stdin")' | "$LUA"; echo "status $?"
echo 'x = = 2' | "$LUA" -; echo "status $?"
printf '#!shebang line\nprint("after shebang")' | "$LUA" -; echo "status $?"
printf '' | "$LUA"; echo "status $?"
echo 'print(arg[0] == os.getenv("LUA"), arg[1])' | "$LUA"
echo 'print(arg[0], arg[1])' | "$LUA" - x
