local mt = {}
for _, n in ipairs {"add", "concat", "index", "newindex", "lt", "le", "eq", "unm", "len", "call", "idiv", "band"} do
  mt["__" .. n] = function(a, b) return coroutine.yield(n) end
end
local function body()
  local t, u = setmetatable({}, mt), setmetatable({}, mt)
  local r = {t + 1, t .. "x", t.k, t < u, t <= u, t == u, -t, #t, t(1), t // 2, t & 1}
  t.x = 5
  if t < u then r[#r + 1] = "lt branch" end
  r[#r + 1] = "a" .. "b" .. t .. "c"
  r[#r + 1] = (t ~= u)
  return table.unpack(r)
end
local co = coroutine.wrap(body)
local v = co()
local seen = {}
for i = 1, 14 do seen[i] = v v = co(i) end
print(table.concat(seen, " ")) -- expect: add concat index lt le eq unm len call idiv band newindex lt concat
print(v) -- expect: eq
print(co("last")) -- expect: 1	2	3	true	true	true	7	8	9	10	11	lt branch	ab14	false
