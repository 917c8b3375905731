-- Numbers to text and back: string.format in many forms, tonumber, tostring.
-- quick: 2500
-- peers: lua5.4 luajit

local N = tonumber((...)) or 110000

local format = string.format

local function digest(text, sum)
  return (sum * 33 + #text + text:byte(1) + text:byte(-1)) % 1000003
end

local sum, total = 0, 0.0
for i = 1, N do
  local x = i / 7
  local record = format("%d;%5.2f;%x;%-8s;%08d;%g", i, x, i * 255, "k" .. i,
                        i * 3, x)
  sum = digest(record, sum)
  local count, amount, hex = record:match("^(%d+);%s*([%d.]+);(%x+)")
  total = total + tonumber(count) + tonumber(amount) + tonumber(hex, 16)
  sum = digest(tostring(i), sum)
  sum = digest(format("%q", record), sum)
  local e = format("%.6e", x)
  sum = digest(e, sum)
  total = total + tonumber(e) + tonumber("0x" .. format("%X", i))
  if tonumber("12x" .. i) or tonumber("") then
    error("accepted a malformed number")
  end
end
print(format("format_parse %d %.3f", sum, total))
