# lua5.4 does not collect while it closes: it prints what is expected.
work='local keep = {}
local meta = {__gc = function(o) for i = 1, 100 do o[i] = {i} end end}
for i = 1, 20000 do keep[i] = setmetatable({}, meta) end'
if "$LUA" -v | grep -q '^weft'; then
  "$LUA" --gc-stats=json -e "$work" 2>&1 | tr ',{' '\n\n' |
    sed -n 's/^"peak_bytes": *\([0-9]*\).*/\1/p' |
    while read -r peak; do
      test "$peak" -lt 40000000 && echo "less than 40 MB"
    done
else
  echo "less than 40 MB"
fi
