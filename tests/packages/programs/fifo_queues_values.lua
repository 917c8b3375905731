local fifo = require "fifo"

local q = fifo("a", "b", "c", "d")
q:push("e")
print(q:length(), #q, q:peek(), q:peek(2), q:peek(3))
print(q:pop(), q:pop(), q:pop(), q:pop())
q:push(1)
q:push(2)
q:insert(2, "between")
print(q:remove(1), q:length())
while q:length() > 0 do
  print(q:pop())
end
print(pcall(q.pop, q))
q:setempty(function(_, ...) return "nothing", ... end)
print(q:pop("here"))
print(pcall(function() q.field = 1 end))
for i = 1, 10000 do
  q:push(i)
  if i % 3 == 0 then
    q:pop()
  end
end
print(q:length(), q:peek())
