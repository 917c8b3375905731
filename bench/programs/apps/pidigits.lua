-- Digits of pi by Rabinowitz and Wagon's spigot: long runs of small-integer
-- arithmetic over one array.
-- quick: 250
-- peers: lua5.4 luajit

local N = tonumber((...)) or 1700

local floor = math.floor

local function spigot(count)
  local length = floor(count * 10 / 3) + 1
  local cells = {}
  for i = 1, length do
    cells[i] = 2
  end
  local out, held, nines = {}, nil, 0
  local function emit(digit)
    out[#out + 1] = digit
  end
  while #out < count do
    local carry = 0
    for i = length, 2, -1 do
      local x = 10 * cells[i] + carry * i
      local base = 2 * i - 1
      local rest = x % base
      cells[i] = rest
      carry = (x - rest) / base
    end
    local x = 10 * cells[1] + carry
    cells[1] = x % 10
    local digit = floor(x / 10)
    if digit == 9 then
      nines = nines + 1
    elseif digit == 10 then
      emit(held + 1)
      for _ = 1, nines do
        emit(0)
      end
      held, nines = 0, 0
    else
      if held then
        emit(held)
      end
      for _ = 1, nines do
        emit(9)
      end
      held, nines = digit, 0
    end
  end
  return out
end

local digits = spigot(N)
local sum, text = 0, {}
for i, digit in ipairs(digits) do
  sum = (sum * 31 + digit) % 1000003
  if i <= 20 then
    text[i] = string.format("%d", digit)
  end
end
print(string.format("pidigits %s %d", table.concat(text), sum))
