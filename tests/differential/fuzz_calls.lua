-- Random functions calling each other: arguments, varargs, results, tails.
local seed = 31337
local function rnd(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
local function pick(t) return t[rnd(#t)] end
local N = 12
local function args(k, depth)
  local t = {}
  for i = 1, rnd(4) - 1 do t[i] = pick {"a", "b", "1", "nil", "'s'", "n", "(...)", "b or 2", "select('#', ...)"} end
  local last = rnd(6)
  if last == 1 then t[#t + 1] = "..."
  elseif last == 2 and k > 1 then t[#t + 1] = ("F[%d](n - 1, a)"):format(rnd(k - 1))
  elseif last == 3 and k > 1 then t[#t + 1] = ("(F[%d](n - 1, ...))"):format(rnd(k - 1))
  elseif last == 4 then t[#t + 1] = "O:m(b, ...)"
  elseif last == 5 then t[#t + 1] = "table.unpack({a, b, n}, 1, 3)" end
  return table.concat(t, ", ")
end
local function call(k) return k > 1 and ("F[%d](%s)"):format(rnd(k - 1), "n - 1" .. (rnd(2) == 1 and ", " .. args(k) or ""):gsub(", $", "")) or "id(n, a, b)" end
local function body(k)
  local t = {}
  for i = 1, rnd(4) do
    t[#t + 1] = pick {
      function() return "local x, y = " .. call(k) .. " a = x b = y" end,
      function() return "a, b = " .. args(k):gsub("^$", "nil") end,
      function() return "local t = {" .. args(k) .. "} note(#t)" end,
      function() return "note(select('#', " .. call(k) .. "))" end,
      function() return "if a then b = " .. call(k) .. " else a = n end" end,
      function() return "local g = function(...) local q = a return q, ... end a, b = g(" .. args(k) .. ")" end,
      function() return "local ok, e = pcall(F[" .. (k > 1 and rnd(k - 1) or 0) .. "], " .. (args(k):gsub("^$", "nil")) .. ") b = ok" end,
      function() return "for i, v in ipairs {" .. args(k) .. "} do a = v if i > 2 then break end end" end,
      function() return "b = -n + (type(b) == 'number' and b or 0)" end,
      function() return "local co = coroutine.wrap(function(...) coroutine.yield(...) return a end) note(select('#', co(" .. args(k) .. "))) a = co()" end,
    }()
  end
  t[#t + 1] = pick {
    function() return "return " .. call(k) end, function() return "return " .. args(k) end, function() return "return a, " .. call(k) end,
    function() return "return (" .. call(k) .. ")" end, function() return "return ..." end, function() return "do return a, b, ... end" end, function() return "return O:m(" .. args(k) .. ")" end,
  }()
  return table.concat(t, "\n")
end
for round = 1, 60 do
  local src = {"local F, O, id, note = ..."}
  for k = 1, N do src[#src + 1] = ("F[%d] = function(%s...)\nlocal n%s = %s\nif type(n) ~= 'number' then n = 1 end\nif n <= 0 then return n, ... end\n%s\nend"):format(k, k % 3 == 0 and "n_, a, " or "", k % 3 == 0 and "" or ", a, b", k % 3 == 0 and "n_ local b = a" or "...", body(k)) end
  src[#src + 1] = "return F[" .. N .. "](4, 'x', 'y', 'z')"
  local text = table.concat(src, "\n")
  local fn, err = load(text, "=r")
  if not fn then print(round, err) else
    local log, budget = {}, 2000
    local F, O = {[0] = error}, {}
    local function note(v) budget = budget - 1 if budget < 0 then error("budget", 0) end if #log < 60 then log[#log + 1] = tostring(v) end end
    function O:m(...) note("m" .. select("#", ...)) return select("#", ...), self == O, ... end
    local function id(...) return ... end
    local r = table.pack(pcall(fn, F, O, id, note))
    for i = 1, r.n do local v = r[i] r[i] = (type(v) == "table" or type(v) == "function") and type(v) or tostring(v) end
    print(round, table.concat(r, " ", 1, math.min(r.n, 30)), r.n, table.concat(log, ","))
  end
end
