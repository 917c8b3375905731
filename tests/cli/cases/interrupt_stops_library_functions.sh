# Without the signal each takes a second or more and then ends well.
stop() {
  timeout -s INT 0.3 "$LUA" -e "$1" 2>err
  echo "status $?"
  grep -o 'interrupted!' err
}
stop 'string.find(string.rep("a", 20000), ".*b")'
stop 'string.gsub(string.rep("a", 1200), ".-.-b", "")'
stop 'for word in string.gmatch(string.rep("(", 40000), "%b()") do end'
