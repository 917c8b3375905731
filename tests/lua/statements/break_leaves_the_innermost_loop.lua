for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then break end
    print(i, j) -- expect: 1	1
    -- expect: 2	1
    -- expect: 3	1
  end
end
repeat
  while true do break end
  print("inner left") -- expect: inner left
  break
until false
print(load("break")) -- expect: nil	[string "break"]:1: break outside loop at line 1
print(load("do break end")) -- expect: nil	[string "do break end"]:1: break outside loop at line 1
print(load("if true then\n break\n end")) -- expect: nil	[string "if true then..."]:3: break outside loop at line 2
print(load("while true do local f = function() break end end")) -- expect: nil	[string "while true do local f = function() break end ..."]:1: break outside loop at line 1
