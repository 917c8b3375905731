# lua5.4 has no such option: it prints what is expected.
work='local t = {} for i = 1, 600000 do t[i % 9000 + 1] = {i} end'
if "$LUA" -v | grep -q '^weft'; then
  "$LUA" --gc-stats -e "$work" 2>&1 >/dev/null |
    sed -n 's/^\(gc [a-z]*\).*/\1/p' | uniq
  "$LUA" --gc-stats=json -e "$work os.exit(true, true)" 2>stats
  grep -c '"all":{.*p999_us' stats
  "$LUA" --gc-stats=json -e "$work os.exit(true)" 2>stats
  tr ',{' '\n\n' <stats | grep -c '"share"\|"mmu_10ms"\|"tables"\|"peak_to_live"'
  "$LUA" --gc-stats=xml -e 'print("runs")' 2>&1 | sed -n '1s/.*: //p'
else
  printf '%s\n' "gc pauses" "gc mutator" "gc bytes" "gc heap" "gc cycles" \
    "gc peak" "gc live" "gc most" "gc peak" "gc share"
  printf '%s\n' 1 4
  echo "unrecognized option '--gc-stats=xml'"
fi
