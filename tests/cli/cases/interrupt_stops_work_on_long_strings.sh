# stop SETUP CODE: sends SIGINT when the program has said that CODE comes next.
# CODE takes a good part of a second, and at the end of it the program ends.
stop() {
  rm -f said
  "$LUA" -e "$1 print 'runs' io.stdout:flush() $2" >said 2>err &
  until [ -s said ]; do sleep 0.01; done
  kill -INT $!
  wait $!
  echo "status $?"
  grep -o 'interrupted!' err
}
stop 'local s = string.rep("a", 2^27)' 's:upper()'
stop 'local s = string.rep("a", 2^27)' 's:reverse()'
stop 'local s = string.rep("a = 1 ", 2^21)' 'load(s)'
stop 'local s = string.rep(" ", 2^27)' 'load(s)'
stop 'local t = {}' 'table.move(t, 1, 2^24, 2)'
