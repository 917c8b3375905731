print(pcall(os.date, "%Ez", 0)) print(pcall(os.date, "%Q", 0)) print(pcall(os.date, "%", 0)) print(pcall(os.date, "%E", 0)) print(pcall(os.date, "%Ey", 0)) print(pcall(os.date, "!%Od", 0)) -- expect: false	bad argument #1 to 'os.date' (invalid conversion specifier '%Ez')
-- expect: false	bad argument #1 to 'os.date' (invalid conversion specifier '%Q')
-- expect: false	bad argument #1 to 'os.date' (invalid conversion specifier '%')
-- expect: false	bad argument #1 to 'os.date' (invalid conversion specifier '%E')
-- expect: true	70
-- expect: true	01
print(pcall(os.time, {})) print(pcall(os.time, {year = 2000})) print(pcall(os.time, {year = 2000, month = 1})) print(pcall(os.time, {year = "x", month = 1, day = 1})) -- expect: false	field 'year' missing in date table
-- expect: false	field 'month' missing in date table
-- expect: false	field 'day' missing in date table
-- expect: false	field 'year' is not an integer
print(pcall(os.time, {year = 2000, month = 1.5, day = 1})) print(pcall(os.time, {year = 1e100, month = 1, day = 1})) print(pcall(os.time, 5)) print(os.time({year = "2000", month = "1", day = "1", hour = "0"})) -- expect: false	field 'month' is not an integer
-- expect: false	field 'year' is not an integer
-- expect: false	bad argument #1 to 'os.time' (table expected, got number)
-- expect: 946684800
print(pcall(os.time, {year = math.maxinteger, month = 1, day = 1})) print(pcall(os.time, {year = 2000, month = math.mininteger, day = 1})) print(pcall(os.date, "*t", 2^60)) print(pcall(os.date, "%Y", "x")) print(pcall(os.date, "%Y", 1.5)) -- expect: false	field 'year' is out-of-bound
-- expect: false	field 'month' is out-of-bound
-- expect: false	date result cannot be represented in this installation
-- expect: false	bad argument #2 to 'os.date' (number expected, got string)
-- expect: false	bad argument #2 to 'os.date' (number has no integer representation)
print(pcall(os.difftime)) print(pcall(os.difftime, 1)) print(pcall(os.clock, 1) == true) -- expect: false	bad argument #1 to 'os.difftime' (number expected, got no value)
-- expect: false	bad argument #2 to 'os.difftime' (number expected, got no value)
-- expect: true
