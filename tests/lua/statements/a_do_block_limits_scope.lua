do
  local x = 1
  print(x) -- expect: 1
  do local x = 2 print(x) end -- expect: 2
  print(x) -- expect: 1
end
print(x) -- expect: nil
do end
do local function f() return 5 end print(f()) end -- expect: 5
