-- How numbers look in every conversion.
local ints = {0, 1, -1, 42, 255, -256, 1 << 31, -(1 << 31), 1 << 50, (1 << 50) - 1, -(1 << 50), 1 << 53, math.maxinteger, math.mininteger}
for _, i in ipairs(ints) do
  print(i, i + 0.0, -i, i / 2, i // 2, i // 2.0, i % 7, i % 7.0, ("%5d|%-8d|%+d|%x|%X|%o"):format(i, i, i, i, i, i))
end
local floats = {0.0, -0.0, 1.0, -1.5, 0.1, 1/3, 100.0, 1e14, 1e15, 1e16, 123456789.123, 1e100, 1e-5, 1e-10, 5e-324, 1.7976931348623157e308, math.huge, -math.huge, math.pi, 2^53, 2^63, -2^63, 0.5, 1e21}
for _, f in ipairs(floats) do
  print(f, ("%.3f|%g|%e|%.14g|%.17g|%10.2f|%-12g|"):format(f, f, f, f, f, f, f))
  print(("%a %q"):format(f, f), f == f // 1, math.type(f), tostring(f) == f .. "")
end
for _, s in ipairs {"10", "0x10", "1e1", " 5 ", "1e400", "-0", "-0.0", "0x.8p1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e", "0x", "1 1", ""} do
  local n = tonumber(s)
  print(("%q"):format(s), n, math.type(n), pcall(function() return s + 0 end))
end
for base = 2, 36, 7 do print(base, tonumber("10", base), tonumber("zz", base), tonumber("-11", base), tonumber("7", base)) end
for _, p in ipairs {{7, 3}, {-7, 3}, {7, -3}, {-7, -3}, {7.5, 2}, {-7.5, 2}, {7, 0.5}, {1e15, 7}, {5, math.huge}, {-5, math.huge}, {0, 5}, {-0.0, 5}} do
  local a, b = p[1], p[2]
  print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, a ^ 2, math.fmod(a, b), a < b, a <= b, a == b)
end
local acc = 0
for i = 1, 10 do acc = acc + 0.1 end
print(acc, acc == 1.0, acc < 1.0, ("%.17g"):format(acc))
local x = 1.0
for i = 1, 60 do x = x / 2 end
print(x, x * 2 ^ 60, 1 + x == 1, ("%a"):format(x))
for _, v in ipairs {0.5, 1.5, 2.5, -0.5, -1.5, 1e15 + 0.5, 2^52 + 0.5} do print(v, math.floor(v), math.ceil(v), v // 1, (v + 0.5) // 1 | 0, ("%.0f"):format(v)) end
print(1e15, 1e15 | 0, 2^31 | 0, 3.0 | 0, "10" + 5, "3" * "4", 10 .. 20, -2 ^ 2, 2 ^ -1, 7 // 2 * 2 + 7 % 2)
print(8 // 3, 8.0 // 3, -8 // 3, 8 // -3.0, 8 % -3, -8 % 3.5, 2^1023 * 2, -(2^1023) * 2, 1e308 * 10 // 1)
print(255 // 1 | 0, "0xff" + 0, 0xff, 0xA.8p0, 1e2, .5, 3., 0x.1p4)
print(string.format("%10.4f|%-10.4f|%+.2e|% d|%05d|%5s|%-5s|%.2s|%c|%%|%i", math.pi, math.pi, 12345.678, 5, 42, "ab", "ab", "abcdef", 65, 7))
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("4"), 3 == 3.0, math.type(3 // 1.0), 1 < 1.5, 2^53 == 2^53 + 1)
