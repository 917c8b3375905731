local w = coroutine.wrap(function() error("oops") end)
print(pcall(w)) -- expect: false	wrap_propagates_errors.lua:1: oops
print(pcall(w)) -- expect: false	cannot resume dead coroutine
local w2 = coroutine.wrap(function() error({code = 1}) end)
print(select(2, pcall(w2)).code) -- expect: 1
local w3 = coroutine.wrap(function() return nil + 1 end)
print(pcall(w3)) -- expect: false	wrap_propagates_errors.lua:6: attempt to perform arithmetic on a nil value
local w4 = coroutine.wrap(function() coroutine.yield(1) end)
print(w4(), w4()) -- expect: 1
print(pcall(w4)) -- expect: false	cannot resume dead coroutine
local w5 = coroutine.wrap(function() error("no position", 0) end)
print(pcall(w5)) -- expect: false	no position
