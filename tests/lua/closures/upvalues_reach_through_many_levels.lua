local a = 1
local function l1()
  local b = 2
  return function()
    local c = 3
    return function()
      local d = 4
      return function()
        a, b, c, d = a + 1, b + 1, c + 1, d + 1
        return a, b, c, d
      end
    end
  end
end
local f = l1()()()
print(f()) print(f()) print(a) -- expect: 2	3	4	5
-- expect: 3	4	5	6
-- expect: 3
local g = l1()()()
print(g()) -- expect: 4	3	4	5
