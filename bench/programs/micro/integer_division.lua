-- Floor division and modulo on integers and floats: calendar conversions,
-- digit sums, Zeller's congruence. Needs the // of Lua 5.3 and later.
-- quick: 30000
-- peers: lua5.4

local N = tonumber((...)) or 1600000

-- Days since 1970-01-01 to a civil date and back (proleptic Gregorian).
local function civil(days)
  local z = days + 719468
  local era = z // 146097
  local doe = z - era * 146097
  local yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
  local doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
  local mp = (5 * doy + 2) // 153
  local day = doy - (153 * mp + 2) // 5 + 1
  local month = mp < 10 and mp + 3 or mp - 9
  local year = yoe + era * 400 + (month <= 2 and 1 or 0)
  return year, month, day
end

local function days_of(year, month, day)
  local y = month <= 2 and year - 1 or year
  local era = y // 400
  local yoe = y - era * 400
  local doy = (153 * (month > 2 and month - 3 or month + 9) + 2) // 5 + day - 1
  return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468
end

local function digit_sum(n)
  local sum = 0
  while n > 0 do
    sum = sum + n % 10
    n = n // 10
  end
  return sum
end

local sum, halves = 0, 0.0
for i = 1, N do
  local days = (i * 37) % 300000 - 150000
  local year, month, day = civil(days)
  assert(days_of(year, month, day) == days)
  sum = (sum + year * 3 + month * 5 + day * 7 + digit_sum(i)) % 1000000007
  halves = halves + i // 2.5 - i % 1.5
end
print(string.format("integer_division %d %.6f", sum, halves))
