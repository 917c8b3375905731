-- Short-lived coroutines: made, resumed a few times, finished or abandoned.
-- quick: 12000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 800000

local create, resume = coroutine.create, coroutine.resume
local yield, status = coroutine.yield, coroutine.status

local function job(a, b)
  local c = yield(a + b)
  local d = yield(a * c)
  return d - b
end

local sum, finished, abandoned = 0, 0, 0
local parked = {}
for i = 1, N do
  local co = create(job)
  local _, first = resume(co, i % 100, 3)
  local _, second = resume(co, first % 10)
  sum = (sum + first + second) % 1000003
  if i % 3 == 0 then
    abandoned = abandoned + 1
    parked[i % 300 + 1] = co
  else
    local _, last = resume(co, i % 50)
    sum = (sum + last) % 1000003
    if status(co) == "dead" then
      finished = finished + 1
    end
  end
end
print(string.format("coroutine_churn %d %d %d", sum, finished, abandoned))
