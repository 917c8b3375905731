# stop CODE: sends SIGINT a little after the program has said that it runs.
# Without the signal each takes a second or more and then ends well.
stop() {
  rm -f said
  "$LUA" -e "print 'runs' io.stdout:flush() $1" >said 2>err &
  until [ -s said ]; do sleep 0.02; done
  sleep 0.1
  kill -INT $!
  wait $!
  echo "status $?"
  grep -o 'interrupted!' err
}
stop 'string.find(string.rep("a", 20000), ".*b")'
stop 'string.gsub(string.rep("a", 1200), ".-.-b", "")'
stop 'for word in string.gmatch(string.rep("(", 40000), "%b()") do end'
