-- Each has one entry that dies and one that stays; some are made while the
-- collector works.
local N = 3000

local function fill(mode)
  local meta = { __mode = mode }
  local kept = {}
  for i = 1, N do
    local t, k = setmetatable({}, meta), {}
    t[{}] = {}
    t[k] = k
    kept[i] = { t, k }
    if i % 100 == 0 then
      collectgarbage("step", 10)
    end
  end
  return kept
end

for _, mode in ipairs({ "k", "v", "kv" }) do
  local kept = fill(mode)
  for round = 1, 2 do
    collectgarbage()
    local right, entries = 0, 0
    for i = 1, N do
      local t, k = kept[i][1], kept[i][2]
      for _ in pairs(t) do
        entries = entries + 1
      end
      if t[k] == k then
        right = right + 1
      end
      t[{}] = {}
    end
    print(mode, round, entries, right) -- expect: k	1	3000	3000
    -- expect: k	2	3000	3000
    -- expect: v	1	3000	3000
    -- expect: v	2	3000	3000
    -- expect: kv	1	3000	3000
    -- expect: kv	2	3000	3000
  end
end
