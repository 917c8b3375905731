while read -r code; do
  echo "# $code"
  "$LUA" -e "$code" 2>&1 >/dev/full; echo "full: status $?"
  "$LUA" -e "$code" 2>&1 >&-; echo "closed: status $?"
  "$LUA" -e "$code error('unseen')" 2>&- | tail -c 20
done <<'END'
print(1)
io.write("x")
for i = 1, 1e4 do print(i) end
io.stderr:write(tostring(select(2, io.write(("x"):rep(1e6)))), "\n")
io.write(1) io.stderr:write(tostring(select(2, io.stdout:flush())), "\n")
print(1) io.stdout:close()
print(1) io.stderr:write(tostring(select(2, io.stdout:close())), "\n")
io.stdout:setvbuf("no") io.stderr:write(tostring(select(2, io.write("q"))), "\n")
io.stdout:setvbuf("line") io.stderr:write(tostring(select(3, io.write("q\n"))), "\n")
print(1) os.exit(0)
print(1) os.exit(true, true)
local f = io.open("/dev/full", "w") f:write(("x"):rep(5000), "y", 3.5) io.stderr:write(tostring(f:close()), "\n")
io.write(("x"):rep(9000), "y", 3) io.stderr:write(tostring(io.stdout:flush()), "\n")
END
"$LUA" -v >/dev/full; echo "version: status $?"
"$LUA" <&-; echo "status $?"
"$LUA" - <&-; echo "status $?"
"$LUA" -i <&- 2>&1 | tail -n +2; echo "status $?"
"$LUA" <.; echo "status $?"
"$LUA" .; echo "status $?"
