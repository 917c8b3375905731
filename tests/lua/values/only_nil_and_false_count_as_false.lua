local function truth(v) if v then return "true" else return "false" end end
print(truth(nil), truth(false)) -- expect: false	false
print(truth(0), truth(0.0), truth(""), truth({}), truth("false"), truth(true)) -- expect: true	true	true	true	true	true
print(not nil, not false, not 0, not "", not true) -- expect: true	true	false	false	false
print(nil == false, not nil == not false) -- expect: false	true
