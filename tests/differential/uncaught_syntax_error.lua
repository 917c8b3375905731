print("this line never runs")
local function ok() return 1 end
for i = 1, 10 do
  print(i
end
