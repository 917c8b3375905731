repeat f() until x
repeat local y = f() until y == 1
repeat local z = f(); g(function() return z end) until z
repeat if f() then break end local w = 1 until w
