-- Random expressions over many kinds of operands, through load.
local seed = 12345
local function rnd(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
local function pick(t) return t[rnd(#t)] end
local atoms = {"0", "1", "-1", "2", "7", "10", "255", "0.5", "1.5", "-2.5", "3.0", "1e15", "2^53", "1e308", "math.huge",
  "math.maxinteger", "math.mininteger", "(1<<50)", "(1<<62)", "'5'", "'0x10'", "'1.5'", "'abc'", "''", "nil", "true", "false",
  "a", "b", "c", "d", "s", "t", "t.x", "t.y.z", "t[1]", "f(a)", "f()", "#s", "#t", "g", "K", "KF", "KS"}
local binops = {"+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or", "&", "|", "~", "<<", ">>"}
local unops = {"-", "not ", "#", "~"}
local function expr(depth)
  local r = rnd(10)
  if depth == 0 or r <= 2 then return pick(atoms) end
  if r == 3 then return pick(unops) .. expr(depth - 1) end
  if r == 4 then return "(" .. expr(depth - 1) .. ")" end
  return expr(depth - 1) .. " " .. pick(binops) .. " " .. expr(depth - 1)
end
local prelude = [[
local a, b, c, d, s, t = 3, 4.25, -17, (1 << 51) + 1, "str", {1, 2, 3, x = 2.0, y = {z = "9"}}
local K <const>, KF <const>, KS <const> = 12, 0.25, "12"
local function f(x) return x or 6 end
]]
local env = {math = math, g = 100}
local ok_count = 0
for i = 1, 1500 do
  local e = expr(3)
  local form = i % 4
  local src
  if form == 0 then src = prelude .. "return " .. e
  elseif form == 1 then src = prelude .. "local r = " .. e .. " return r"
  elseif form == 2 then src = prelude .. "if " .. e .. " then return 'T' else return 'F' end"
  else src = prelude .. "local u = function() return " .. e .. " end t.r = u() return t.r" end
  local fn, err = load(src, "=e", "t", env)
  if not fn then print(i, e, err)
  else
    local ok, v = pcall(fn)
    -- Lua 5.4.4 gives a wrong line for these two.
    if not ok then v = v:gsub("^e:%d+: (attempt to divide by zero)", "e: %1"):gsub("^e:%d+: (attempt to perform 'n%%0')", "e: %1") end
    if ok then ok_count = ok_count + 1 end
    if v ~= v then v = "not a number" elseif type(v) == "table" then v = "table" elseif type(v) == "function" then v = "function" end
    print(i, e, ok, v, math.type(v))
  end
end
print(ok_count)
