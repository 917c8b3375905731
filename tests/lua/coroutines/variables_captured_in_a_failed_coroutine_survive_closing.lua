-- A closure keeps the values of variables above a to-be-closed one when the
-- coroutine fails and is closed.
local function closer(name)
  return setmetatable({}, {__close = function(_, e) print(name, e) end}) -- expect: a	failed
end
local get
local function body()
  local a <close> = closer("a")
  local kept, other = 1, 2
  get = function() kept = kept + 1 return kept, other end
  error("failed", 0)
end

print(pcall(coroutine.wrap(body))) -- expect: false	failed
print(get()) -- expect: 2	2

local co = coroutine.create(body)
print(coroutine.resume(co)) -- expect: false	failed
-- expect: a	failed
print(coroutine.close(co)) -- expect: false	failed
print(get()) -- expect: 2	2
