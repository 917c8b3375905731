# stop CODE: sends SIGINT when the program has said that what ends it comes
# next, in which nothing calls and nothing loops.
stop() {
  rm -f said
  "$LUA" -e 'function say(...) print(...) io.stdout:flush() end' -e "$1" \
    >said 2>err &
  until [ -s said ]; do sleep 0.01; done
  kill -INT $!
  wait $!
  echo "status $?"
  cat said
  sed 's/^[^ ]*: //' err
}
stop 'local s = string.rep("a", 2^27) say "runs" s = s .. s'
stop 'local s = string.rep("a", 2^27) say "runs" return s .. s'

# A finalizer runs to its end; what it interrupted does not.
stop 'setmetatable({}, {__gc = function()
    say "runs"
    local n = 0
    for i = 1, 1e8 do n = n + i end
    say(n)
  end})
  collectgarbage()
  say "not reached"'
stop 'setmetatable({}, {__gc = function()
    say "runs"
    say(string.find(string.rep("a", 10000), ".*b"))
  end})
  collectgarbage()
  say "not reached"'
