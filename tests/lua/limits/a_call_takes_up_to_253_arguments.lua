-- The deepest expressions that fit, with values that reach the last slots.
local function count(...) return select("#", ...), (select(-1, ...)) end
local function list(n, item, separator)
  local t = {}
  for i = 1, n do t[i] = item .. i end
  return table.concat(t, separator or ", ")
end
local function run(text, ...)
  local f = load(text, "=text")
  if not f then return "refused" end
  return f(...)
end

print(run("local count = ... return (count(" .. list(252, "") .. "))", count)) -- expect: 252
print(run("count = ... local a, b = count(" .. list(252, "") .. ", ...) return a, b == ...", count)) -- expect: 253	true
print(type(load("return f(" .. list(253, "") .. ")")), (load("return f(" .. list(254, "") .. ")"))) -- expect: function	nil
print(run("count = ... local " .. list(198, "v") .. " = 1 local r, last = count(" .. list(52, "") .. ", v1, 'end') return r, last", count)) -- expect: 54	end

-- captured, and used as operands, in the last slots
local names = list(200, "v")
print(run("count = ... local " .. names .. " = 1 v200 = function() v199 = v1 + 1 return v199 end " .. -- expect: 47
  "return (count(" .. list(45, "v") .. ", count(v200(), v199, {v199 + v1, v199}, v1 + 2.5 .. v199)))", count))

-- nested calls in the last slots
print(run("count = ... local " .. names .. " = 1 return (count(" .. list(40, "") .. -- expect: 42
  ", count(1, count(2, count(3, count(4, count(v1, v1 + 1)))))))", count))

-- metamethods and coroutines that work there
local co = coroutine.wrap(load("count = ... local " .. list(195, "v") .. [[ = 1
  local t = setmetatable({}, {__add = function(a, b) return coroutine.yield(b) end,
    __concat = function(a, b) return coroutine.yield("concat") end})
  return (count(]] .. list(48, "") .. ", t + 5, t .. 'x'" .. "))"))
print(co(count)) -- expect: 5
print(co("sum")) -- expect: concat
print(co("text")) -- expect: 50
