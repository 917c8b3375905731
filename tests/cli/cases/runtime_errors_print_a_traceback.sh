cat > s.lua <<'END'
local function inner(x) return x.field end
local function middle(x) local r = inner(x) return r end
function outer(x) return (middle(x)) end
print("start")
outer(nil)
END
"$LUA" s.lua; echo "status $?"
"$LUA" -e 'dofile("s.lua")'; echo "status $?"
