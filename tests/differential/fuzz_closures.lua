-- Random nests of closures sharing and shadowing variables across loops.
local seed = 555
local function rnd(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
local function pick(t) return t[rnd(#t)] end
local counter
local function gen(depth, vars)
  local lines = {}
  local mine = {table.unpack(vars)}
  for i = 1, rnd(3) do
    counter = counter + 1
    local v = pick {"u", "v", "w", "x"} .. (counter % 3)
    lines[#lines + 1] = ("local %s = %s"):format(v, #mine > 0 and pick(mine) .. " + " .. counter or counter)
    mine[#mine + 1] = v
  end
  for i = 1, rnd(3) do
    local r = rnd(7)
    if r == 1 then lines[#lines + 1] = ("%s = %s + %d"):format(pick(mine), pick(mine), i)
    elseif r == 2 and depth > 0 then lines[#lines + 1] = ("keep(function(p)\n%s\nreturn %s, p\nend)"):format(gen(depth - 1, mine), pick(mine))
    elseif r == 3 and depth > 0 then lines[#lines + 1] = ("for i = 1, 2 do\nlocal k = i + %s\nkeep(function() k = k + 1 %s = %s + k return k, i end)\n%s\nend"):format(pick(mine), pick(mine), pick(mine), gen(depth - 1, mine))
    elseif r == 4 and depth > 0 then lines[#lines + 1] = ("do\n%s\nend"):format(gen(depth - 1, mine))
    elseif r == 5 then lines[#lines + 1] = ("keep(function(d) %s = %s + (d or 1) return %s end)"):format(mine[#mine], mine[#mine], pick(mine))
    elseif r == 6 then lines[#lines + 1] = ("local n = 0 while n < 2 do n = n + 1 local h = n keep(function() h = h * 2 return h + n + %s end) if h > 5 then break end end"):format(pick(mine))
    else lines[#lines + 1] = ("local n = 0 repeat local q = n n = n + 1 keep(function() q = q + 1 return q, n end) until q >= 1 or %s < -1e9"):format(pick(mine)) end
  end
  return table.concat(lines, "\n")
end
for round = 1, 120 do
  counter = 0
  local src = "local keep = ...\n" .. gen(3, {}) .. "\nreturn keep"
  local fn, err = load(src, "=c")
  if not fn then print(round, err) else
    local kept = {}
    local function keep(f) if #kept < 40 then kept[#kept + 1] = f end end
    local ok, e = pcall(fn, keep)
    local out = {}
    for pass = 1, 2 do
      local n = #kept
      for i = 1, n do
        local r = table.pack(pcall(kept[i], pass))
        for j = 1, r.n do r[j] = tostring(r[j]) end
        out[#out + 1] = table.concat(r, "/", 2)
      end
      if pass == 1 then collectgarbage("step") end
    end
    print(round, ok, e == keep or e, #kept, (table.concat(out, " "):sub(1, 400)))
  end
end
