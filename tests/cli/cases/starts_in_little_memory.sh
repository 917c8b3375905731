ulimit -v 60000
"$LUA" -e 'print("small")'; echo "status $?"
ulimit -s 256
"$LUA" -e 'print((pcall(string.find, ("a"):rep(200000), (".-"):rep(200) .. "b")))' ; echo "status $?"
"$LUA" -e 'local function f(n) return n == 0 and 0 or 1 + f(n - 1) end print(f(10000))'; echo "status $?"
"$LUA" -e 'print(pcall(load, "return " .. ("("):rep(300) .. "1" .. (")"):rep(300)))'; echo "status $?"
