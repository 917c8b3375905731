local account = {balance = 10}
function account:deposit(v) self.balance = self.balance + v return self end
function account.get(self) return self.balance end
account:deposit(5):deposit(1)
print(account.balance, account:get(), account.get(account)) -- expect: 16	16	16
local t = {a = {b = {}}}
function t.a.b.f(x) return "f" .. x end
function t.a.b:m(x) return self == t.a.b, x end
print(t.a.b.f(1), t.a.b:m(2)) -- expect: f1	true	2
print(("abc"):upper(), ("x"):rep(2):len()) -- expect: ABC	2
local s = "name"
print(s:len(), #s, s:sub(1, 1)) -- expect: 4	4	n
