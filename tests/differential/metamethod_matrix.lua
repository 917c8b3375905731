-- Every event against every kind of operand pair.
local kinds = {}
local function show(v)
  if type(v) == "table" then return kinds[v] or "table" end
  if type(v) == "function" then return "function" end
  return tostring(v)
end
local function handler(name) return function(a, b) return name .. "(" .. show(a) .. "," .. show(b) .. ")" end end
local arith = {"add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat"}
local mt1, mt2 = {}, {}
for _, n in ipairs(arith) do mt1["__" .. n] = handler("1" .. n) mt2["__" .. n] = handler("2" .. n) end
mt1.__unm, mt1.__bnot, mt1.__len = handler "unm", handler "bnot", function() return "length" end
mt1.__lt, mt1.__le = function(a, b) io.write("lt(", show(a), ",", show(b), ") ") return true end, function(a, b) io.write("le(", show(a), ",", show(b), ") ") return nil end
mt1.__eq = function(a, b) io.write("eq(", show(a), ",", show(b), ") ") return 1 end
mt1.__call = function(self, ...) return "called", select("#", ...), ... end
mt1.__index = function(t, k) return "index " .. show(k) end
mt1.__newindex = function(t, k, v) io.write("newindex(", show(k), ",", show(v), ") ") end
local A, B, P = setmetatable({}, mt1), setmetatable({}, mt2), {}
kinds[A], kinds[B], kinds[P] = "A", "B", "P"
local ops = {
  add = function(a, b) return a + b end, sub = function(a, b) return a - b end, mul = function(a, b) return a * b end,
  div = function(a, b) return a / b end, mod = function(a, b) return a % b end, pow = function(a, b) return a ^ b end,
  idiv = function(a, b) return a // b end, band = function(a, b) return a & b end, bor = function(a, b) return a | b end,
  bxor = function(a, b) return a ~ b end, shl = function(a, b) return a << b end, shr = function(a, b) return a >> b end,
  concat = function(a, b) return a .. b end,
}
local values = {A, B, P, 7, 2.5, "s", "10", false}
for _, name in ipairs(arith) do
  for _, x in ipairs {A, B, 7, "s"} do
    local row = {}
    for _, y in ipairs(values) do
      local ok, r = pcall(ops[name], x, y)
      row[#row + 1] = ok and show(r) or "ERR " .. r:gsub("^.-:%d+: ", "")
    end
    print(name, show(x), table.concat(row, " | "))
  end
end
for _, y in ipairs(values) do
  print(show(y), pcall(function() return A < y end))
  print(show(y), pcall(function() return y < A end))
  print(show(y), pcall(function() return A <= y end))
  print(show(y), pcall(function() return y >= A end))
  print(show(y), A == y, y ~= A)
end
print(-A, ~A, #A, A(1, nil), A[1], A.x, A[A])
A.x = 5
A[1], A[P] = 6, 7
print(rawget(A, "x"), next(A))
-- constants on either side
print(A + 1, 1 + A, A - 1, 1 - A, A * 2.5, 2.5 * A, A & 255, 255 & A, A << 1, 1 << A, A >> 1, A // 2, 2 // A, A % 3, 3 % A, A ^ 2, 2 ^ A, A .. "x", "x" .. A, A / 4, 4 / A, A | 1, A ~ 1, 1 ~ A)
print(A < 1, 1 < A, A > 1, A <= 1, 1 <= A, A >= 1, A < 1.5, A > 1.5)
if A < 1 then io.write("then ") else io.write("else ") end
if A <= 1 then io.write("then ") else io.write("else ") end
if not (A < 1) then io.write("then ") else io.write("else ") end
while A <= 1 do break end
print(A == B, B == A, A ~= P)
-- inheritance of metamethods does not use __index
local C = setmetatable({}, {__index = mt1})
print(pcall(function() return C + 1 end))
print(pcall(function() return setmetatable({}, C) + 1 end))
-- rawset to metatables after caching
local mt3 = {}
local D = setmetatable({}, mt3)
print(D.x, pcall(function() return D + 1 end))
mt3.__index = function(_, k) return "late " .. k end
mt3.__add = function() return "late add" end
print(D.x, D + 1)
mt3.__index, mt3.__add = {x = "table"}, nil
print(D.x, D.y, pcall(function() return D + 1 end))
mt3.__newindex = function(t, k, v) rawset(t, k, v and v * 2) end
D.n = 5 D.n = 6
print(D.n)
mt3.__newindex = nil
D.m = 1
print(D.m)
