# interrupted CODE: runs it until it has said that it runs, then sends SIGINT
interrupted() {
  rm -f said
  "$LUA" -e "print 'runs' io.stdout:flush() $1" >said &
  until [ -s said ]; do sleep 0.02; done
  kill -INT $!
  wait $!
  echo "status $?"
  cat said
}
interrupted 'while true do end'
interrupted 'print(pcall(function() while true do end end))'
interrupted 'local s = 0 for i = 1, math.maxinteger do s = s + i % 3 end'
interrupted 'local function f() return f() end f()' 2>err; grep -o 'interrupted!' err
interrupted 'local co = coroutine.wrap(function() while true do coroutine.yield() end end)
  while true do co() end' 2>err; grep -o 'interrupted!' err
