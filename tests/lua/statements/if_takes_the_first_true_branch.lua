local function f(x)
  if x == 1 then return "one"
  elseif x == 2 then return "two"
  elseif x then return "other"
  else return "none" end
end
print(f(1), f(2), f(3), f(nil), f(false)) -- expect: one	two	other	none	none
if nil then print("no") end
if 0 then print("zero is true") end -- expect: zero is true
