cat > s.lua <<'END'
local function f() return 1 + f() end
local ok, e = pcall(f)
print(ok, (e:gsub("\n.*", "")):match("stack overflow"))
f()
END
"$LUA" s.lua 2>err; echo "status $?"
head -1 err | sed 's/stack overflow.*/stack overflow/' >&2
grep -c 's.lua:1: in' err
grep -o 'skipping' err
