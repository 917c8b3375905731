-- Random structured programs: loops, branches, goto, closures, upvalues.
local seed = 777
local function rnd(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
local function pick(t) return t[rnd(#t)] end
local names = {"a", "b", "c", "d"}
local label = 0
local function value() return pick {"a", "b", "c", "d", "1", "2", "3", "0.5", "a + b", "c - d", "a * 2", "b % 7", "(c // 3)", "#log", "f(a)", "f(b, c)", "-d"} end
local function cond() return pick {"a < b", "c <= 10", "a ~= b", "b == c", "a % 2 == 0", "not (c > d)", "a and b", "d > 100 or c < 0", "#log < 5"} end
local block
local function stmt(depth, loop)
  local r = rnd(depth > 0 and 14 or 5)
  if r <= 3 then return pick(names) .. " = " .. value()
  elseif r == 4 then return pick(names) .. ", " .. pick(names) .. " = " .. value() .. ", " .. value()
  elseif r == 5 then return "note(" .. value() .. ")"
  elseif r == 6 then return "if " .. cond() .. " then\n" .. block(depth - 1, loop) .. "\nelseif " .. cond() .. " then\n" .. block(depth - 1, loop) .. "\nelse\n" .. block(depth - 1, loop) .. "\nend"
  elseif r == 7 then return "for i = 1, " .. rnd(4) .. " do\nlocal a = i + a\n" .. block(depth - 1, true) .. "\nend"
  elseif r == 8 then return "for i = 3, 0.5, -1 do\nb = b + i\n" .. block(depth - 1, true) .. "\nend"
  elseif r == 9 then local v = "n" .. depth return "local " .. v .. " = 0\nwhile " .. v .. " < 3 do\n" .. v .. " = " .. v .. " + 1\n" .. block(depth - 1, true) .. "\nend"
  elseif r == 10 then local v = "m" .. depth return "local " .. v .. " = 0\nrepeat\nlocal k = " .. v .. "\n" .. v .. " = " .. v .. " + 1\n" .. block(depth - 1, false) .. "\nuntil k >= 2"
  elseif r == 11 then
    label = label + 1
    return ("do\nlocal x%d = 0\n::top%d::\nx%d = x%d + 1\n%s\nif x%d < 3 then goto top%d end\nend"):format(label, label, label, label, block(depth - 1, false), label, label)
  elseif r == 12 then return "do\nlocal a = " .. value() .. "\nlocal g = function(p)\n" .. block(depth - 1, false) .. "\nc = c + 1\nreturn a\nend\nd = g(" .. value() .. ")\nb = g(c) + a\nend"
  elseif r == 13 then return "for k, v in ipairs {" .. value() .. ", " .. value() .. "} do\na = v\n" .. block(depth - 1, true) .. "\nend"
  else return loop and "if " .. cond() .. " then break end" or "do\nlocal z <close> = closer(" .. value() .. ")\n" .. block(depth - 1, false) .. "\nend" end
end
function block(depth, loop)
  local t = {}
  for i = 1, rnd(3) do t[i] = stmt(depth, loop) end
  return table.concat(t, "\n")
end
for n = 1, 150 do
  local body = {}
  for i = 1, 4 do body[i] = stmt(3, false) end
  local src = "local log, note, closer, f = ...\nlocal a, b, c, d = 1, 2, 3, 4\n" .. table.concat(body, "\n") .. "\nreturn a, b, c, d"
  local fn, err = load(src, "=s" .. n)
  if not fn then print(n, err) else
    local log, budget = {}, 3000
    local function note(v)
      budget = budget - 1
      if budget < 0 then error("budget", 0) end
      log[#log + 1] = v == v and tostring(v) or "NaN"
      if #log > 40 then table.remove(log, 1) end
    end
    local function closer(v) return setmetatable({}, {__close = function() note(v) end}) end
    local function f(x, y) return (y or 10) - (x % 5) end
    local function show(ok, ...)
      local r = table.pack(...)
      for i = 1, r.n do r[i] = r[i] == r[i] and tostring(r[i]) or "NaN" end
      print(n, #src, ok, table.concat(r, " "), table.concat(log, ","))
    end
    show(pcall(fn, log, note, closer, f))
  end
end
