print(os.time({year = 2000, month = 1, day = 1, hour = 0}), os.time({year = 1970, month = 1, day = 1, hour = 0}), os.time({year = 2024, month = 2, day = 29})) -- expect: 946684800	0	1709208000
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%Y-%m-%d %H:%M:%S", 86399), os.date("!%c", 0), os.date("!%x %X %p", 3600 * 13)) -- expect: 1970-01-01 00:00:00	1970-01-01 23:59:59	Thu Jan  1 00:00:00 1970	01/01/70 13:00:00 PM
local t = os.date("!*t", 1e9 // 1)
print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst) -- expect: 2001	9	9	1	46	40	1	252	false
print(os.date("!%A %a %B %b %d %j %U %w %y %Z %%", 951782400), os.date("!%D %e %F %g %G %h %I %M %n%R %S %t%T %u %V %W", 951782400)) -- expect: Tuesday Tue February Feb 29 060 09 2 00 GMT %	02/29/00 29 2000-02-29 00 2000 Feb 12 00
-- expect: 00:00 00 	00:00:00 2 09 09
local u = {year = 2023, month = 14, day = -3, hour = 25, min = 61, sec = 61}
print(os.time(u), u.year, u.month, u.day, u.hour, u.min, u.sec, u.wday, u.yday, u.isdst) -- expect: 1706493721	2024	1	29	2	2	1	2	29	false
print(type(os.time()), math.type(os.time()), os.time() > 1.6e9, type(os.clock()), os.clock() >= 0) -- expect: number	integer	true	number	true
print(os.difftime(10, 5), os.difftime(5, 10), math.type(os.difftime(2, 1))) -- expect: 5.0	-5.0	float
print(os.date("!%H", 3600.0), os.date("!", 0) == "", os.date("!%Y", -1), os.date("!%Y", 1e11)) -- expect: 01	true	1969	5138
