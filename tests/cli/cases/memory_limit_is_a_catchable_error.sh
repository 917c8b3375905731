# lua5.4 has no such option: it prints what is expected.
run() {
  if "$LUA" -v | grep -q '^weft'; then
    "$LUA" "$@" 2>&1 | sed 's/^[^:]*weft: /weft: /'
  fi
}
expect() {
  if ! "$LUA" -v | grep -q '^weft'; then
    printf '%s\n' "$@"
  fi
}

run --memory-limit 16M -e '
local function fill() local t = {} for i = 1, 1e9 do t[i] = {} end end
for _ = 1, 3 do print(pcall(fill)) end
local t = {}
for i = 1, 1e6 do t[i % 1000 + 1] = {i} end
print("goes on", #t)
print(pcall(string.rep, "x", 1 << 25))
pcall(string.rep, "x", 1 << 22) -- refused once at most: then garbage has gone
print(#string.rep("x", 1 << 22))'
expect "false	not enough memory" "false	not enough memory" \
  "false	not enough memory" "goes on	1000" "false	not enough memory" 4194304

run --memory-limit=1G -e 'print(#string.rep("x", 1 << 25))'
expect 33554432

for value in 10X 0 -3 99999999999999999999 99999999999G 5MM; do
  run "--memory-limit=$value" -e 'print("runs")'
  expect "weft: '$value' is no size for --memory-limit (a number of bytes above 0, with K, M or G behind it or not)"
done
run --memory-limit | head -1
expect "weft: '--memory-limit' needs argument"
