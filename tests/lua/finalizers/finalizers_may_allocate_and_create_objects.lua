local count = 0
local function make(n)
  if n > 0 then
    setmetatable({}, {__gc = function()
      count = count + 1
      local junk = {}
      for i = 1, 100 do junk[i] = {i, tostring(i)} end
      make(n - 1)
    end})
  end
end
make(5)
for i = 1, 20 do collectgarbage() end
print(count) -- expect: 5
local in_gc = setmetatable({}, {__gc = function() collectgarbage() print(pcall(error, "e")) end}) -- expect: false	e
in_gc = nil
collectgarbage() collectgarbage()
print "done" -- expect: done
