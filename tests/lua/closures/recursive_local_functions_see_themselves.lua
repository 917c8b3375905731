local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end
print(fact(10), fact(20), fact(21)) -- expect: 3628800	2432902008176640000	-4249290049419214848
local fib
fib = function(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(15)) -- expect: 610
local function a(n) return n == 0 and "a" or (function() return a(n - 1) end)() end
print(a(5)) -- expect: a
local Y = function(f) return (function(x) return x(x) end)(function(x) return f(function(...) return x(x)(...) end) end) end
print(Y(function(self) return function(n) return n == 0 and 1 or n * self(n - 1) end end)(6)) -- expect: 720
