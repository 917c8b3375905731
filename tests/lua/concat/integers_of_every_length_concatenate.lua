local power, right = 1, 0
for digits = 1, 19 do
  for _, i in ipairs {power - 1, power, power + 1, -power, 1 - power} do
    if "" .. i == string.format("%d", i) and i .. "" == tostring(i) and
        tonumber("" .. i) == i then
      right = right + 1
    end
  end
  power = power * 10
end
print(right) -- expect: 95
print(0 .. "", -1 .. "", 99 .. 100, -99 .. "|" .. -100) -- expect: 0	-1	99100	-99|-100
print("" .. math.maxinteger, math.mininteger .. "") -- expect: 9223372036854775807	-9223372036854775808
print(999999999 .. 1000000000, (1 << 50) .. "", (1 << 50) - 1 .. "") -- expect: 9999999991000000000	1125899906842624	1125899906842623
