# A command sends SIGINT to the interpreter that waits for it; it gets the line
# that lets it go when its input is closed.
"$LUA" -e 'local f = io.popen("read line; kill -INT $PPID", "w")
  f:write("go\n")
  print(pcall(f.close, f))
  print("goes on")'
echo "status $?"
"$LUA" -e 'local f = io.popen("read line; kill -INT $PPID", "w")
  f:write("go\n")
  f:close()
  print("not reached")' 2>err
echo "status $?"
grep -c 'interrupted!' err
# A read that waits: the signal comes once the writer has opened the pipe.
mkfifo pipe
"$LUA" -e 'local f = io.open("pipe") print(pcall(f.read, f, "a"))' &
exec 3>pipe
until grep -q '^State:.S' /proc/$!/status; do sleep 0.02; done
kill -INT $!
wait $!
echo "status $?"
