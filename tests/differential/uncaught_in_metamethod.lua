-- The traceback of an error below metamethods, methods and tail calls.
local Account = {}
Account.__index = Account
function Account.new(n) return setmetatable({n = n}, Account) end
function Account:withdraw(k)
  if k > self.n then error("insufficient funds", 2) end
  self.n = self.n - k
  return self
end
Account.__add = function(a, b) return a:withdraw(b) end
Account.__call = function(self, k) return (self + k) end
local function helper(acc, k) local r = acc(k) return r end
local function tail(acc, k) return helper(acc, k) end
function global_entry(acc, k) local r = tail(acc, k) return r end
local acc = Account.new(100)
print(global_entry(acc, 30).n)
print(global_entry(acc, 100).n)
