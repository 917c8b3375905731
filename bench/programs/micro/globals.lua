-- A script in the plainest style: global functions, global state, no locals
-- outside of functions.
-- quick: 300
-- peers: lua5.4 luajit

N = tonumber((...)) or 15000

stack = {}
depth = 0
pushes = 0
checksum = 0

function push(value)
  depth = depth + 1
  stack[depth] = value
  pushes = pushes + 1
end

function pop()
  value = stack[depth]
  stack[depth] = nil
  depth = depth - 1
  return value
end

function mix(value)
  checksum = (checksum * 31 + value) % 1000003
end

function gcd(a, b)
  while b ~= 0 do
    a, b = b, a % b
  end
  return a
end

for round = 1, N do
  for i = 1, 100 do
    push(i * round)
  end
  while depth > 1 do
    left = pop()
    right = pop()
    if depth % 2 == 0 then
      push(gcd(left, right) + depth)
    else
      push(math.abs(left - right) % 1000)
    end
    if depth > 1 then
      mix(pop())
    end
  end
  mix(pop())
end
print(string.format("globals %d %d", checksum, pushes))
