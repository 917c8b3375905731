printf 'line one\nline two\n3 4.5\nrest' > in
echo 'print(io.read()) print(io.read("L")) print(io.read("n", "n")) print(io.read("a"))' > s.lua
"$LUA" s.lua < in; echo "status $?"
"$LUA" -e 'for l in io.lines() do io.write("[", l, "]") end print()' < in
"$LUA" -e 'print(io.read("a") == "", io.read("l"), io.read(0))' < /dev/null
