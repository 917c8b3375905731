-- The heap grows further between two cycles when the call says so.
local function most(...)
  collectgarbage("generational", ...)
  collectgarbage()
  local live = {}
  for i = 1, 60000 do live[i] = {i} end
  collectgarbage()
  local base, peak = collectgarbage("count"), 0
  for i = 1, 400000 do
    local garbage = {i}
    if i % 64 == 0 then peak = math.max(peak, collectgarbage("count")) end
  end
  return peak / base
end
print(most(20, 400) > most(20, 40)) -- expect: true
