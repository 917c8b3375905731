local function iter(state, control)
  if control < state then return control + 1, control * 10 end
end
for i, v in iter, 3, 0 do print(i, v) end -- expect: 1	0
-- expect: 2	10
-- expect: 3	20
for i in iter, 0, 0 do print("never") end
local function countdown(n)
  return function() if n > 0 then n = n - 1 return n end end
end
for x in countdown(3) do print(x) end -- expect: 2
-- expect: 1
-- expect: 0
for k in (function() return false end) do print(k) break end -- expect: false
