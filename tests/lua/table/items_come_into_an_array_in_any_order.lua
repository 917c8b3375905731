-- Integer keys that become an array while the table is used: filled from the end,
-- from the middle, in random order, with other keys between, against a model that
-- knows the keys by their names.
local big = 9000
local state = 7
local function random(n)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % n + 1
end
local function name(k)
  local type = math.type(k)
  return type == "integer" and "i" .. k or type == "float" and "f" .. k or k
end

local function check(t, model, count, what)
  local seen = 0
  for k, v in pairs(t) do
    seen = seen + 1
    assert(model[name(k)] == v, what)
  end
  assert(seen == count, what .. ": " .. seen .. " of " .. count)
  for k, v in next, model do
    local kind, rest = k:sub(1, 1), k:sub(2)
    local key = kind == "i" and math.tointeger(rest) or kind == "f" and tonumber(rest) or k
    assert(t[key] == v, what)
  end
end

local function run(what, key_of, n, others)
  local t, model, count = {}, {}, 0
  local function set(k, v)
    local m = name(k)
    if v ~= nil and model[m] == nil then count = count + 1 end
    if v == nil and model[m] ~= nil then count = count - 1 end
    model[m], t[k] = v, v
  end
  for i = 1, others do set("s" .. i, i) end
  for i = 1, n do
    set(key_of(i), i % 3 == 0 and {i} or i)
    local r = random(40)
    if r == 1 then set(key_of(random(i)), nil)
    elseif r == 2 then set(key_of(random(i)), "again")
    elseif r == 3 then set("s" .. random(others + 10), i)
    elseif r == 4 then set(-random(50), i)
    elseif r == 5 then set(random(100) + 0.5, i)
    end
    assert(t[key_of(i)] == model[name(key_of(i))])
    if i % (n // 7) == 0 then
      check(t, model, count, what .. " " .. i)
      local border = #t
      assert((border == 0 or t[border] ~= nil) and t[border + 1] == nil)
    end
    if i % (n // 5) == 0 then -- a traversal that assigns and clears
      local visited = 0
      local before = count
      for k in pairs(t) do
        visited = visited + 1
        set(k, random(10) > 1 and visited or nil)
      end
      assert(visited == before)
    end
  end
  check(t, model, count, what)
  for i = 1, n do set(key_of(i), nil) end
  check(t, model, count, what .. " cleared")
end

for _, others in ipairs {0, big // 4} do
  run("from the end", function(i) return big + 1 - i end, big, others)
  run("from the middle", function(i)
    return i % 2 == 0 and big // 2 + i // 2 or big // 2 - i // 2
  end, big, others)
  run("a gap, then filled", function(i)
    return i <= big // 2 and i + big // 2 + 1 or i - big // 2
  end, big, others)
  run("in random order", function(i) return i * 7919 % big + 1 end, big, others)
  run("array, then from the end", function(i)
    return i <= big // 8 and i or big + big // 8 + 1 - i
  end, big, others)
end
print "as the model" -- expect: as the model
