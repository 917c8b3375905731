-- What one-line programs answer: syntax errors, run-time errors, loops, values.
local function L(s) local f, m = load(s, "=c") if not f then print(m) else local r = table.pack(pcall(f)) for i = 1, r.n do r[i] = tostring(r[i]):gsub("0x%x+", "ADDR") end print(table.concat(r, "\t", 1, r.n)) end end
for s in ([=====[
goto a
do goto a end local x ::a:: print(x)
goto a; local x; ::a:: x = 1
goto a; local x; ::a:: ;
::a:: ::a::
do ::a:: end goto a
break
do break end
while true do local function f() break end end
repeat local x; if x then goto cont end local y ::cont:: until y
repeat goto cont; local y ::cont:: until y
local x <const> = 1; x = 2
local x <const> = 1; function x() end
local x <close> = 1
local x <close> = nil; x = 1
local x <foo> = 1
local x <const>, y <close> = 1, 2
local x <close>, y <close> = nil, nil
local x <const> = 1; local function f() x = 2 end
local x <close> = setmetatable({}, {__close = 1})
local x <close> = {}
for i <const> = 1, 2 do end
for i = 1, 2 do i = 3 print(i) end
for i = 1, 10, 0 do end
for i = 1.0, 2, 0.0 do end
for i = "1", 2 do end
for i = 1, "2" do end
for i = 1, 2, "1" do end
for i = 1, {} do end
for i = 1, 2, {} do end
for i = {}, 2 do end
for i = math.maxinteger - 1, math.huge do print(i) end
for i = math.mininteger, math.mininteger + 1 do print(i) end
for i = math.mininteger + 1, -math.huge, -1 do print(i) end
for i = 1, 0/0 do print(i) end
for i = 0/0, 1 do print(i) end
for i = 1, 2.9 do print(i) end
for i = 3, 1.1, -1 do print(i) end
for i = 1, math.huge, math.maxinteger do print(i) end
for i = -1, -math.huge, math.mininteger do print(i) end
for i = 1, 2, 0.5 do print(i) end
for i = 1, 2, 2^53 do print(i) end
for i = 1.5, math.maxinteger, 2^62 do print(i) end
for k in 1 do end
for k in nil do end
for k in {} do end
for k in next do end
for k, v in next, 1 do end
for k, v in pairs(nil) do end
for k, v in ipairs() do end
for k, v, w, c <close> in pairs{} do end
for k in pairs{}, nil, nil, 1 do end
for a in print, 1, 2, {} do end
return 1 return 2
return return
local function end
x = 
x = }
x.y
x:y
x.y = 
x() = 1
(x) = 1
f() , x = 1
a.b:c = 1
local a.b = 1
local function a.b() end
function a:b.c() end
function a.b:c:d() end
if x then else elseif y then end
for 1 = 1, 2 do end
for a, 1 in x do end
for a.b = 1, 2 do end
x = function(a, a.b) end
x = function(..., a) end
x = function(a,) end
return ...
local function f() return ... end
function f(...) return function() return ... end end
x = {a = 1, = 2}
x = {[1 = 2}
x = {1 2}
x = {,}
x = {;}
x = 'abc
x = "abc\q"
x = "\300"
x = "\xZZ"
x = "\u{110000000}"
x = "\u{zz}"
x = "\u123"
x = "\u{12"
x = [==[ abc
x = [=abc
--[[ abc
x = 0x
x = 1e
x = 1..2
x = 3x
x = 0xep1
x = 0x.p
x = 1.2.3
x = a ? b
x = @
x = ~
x = 1 ~~ 2
x = not
x = #
x = - - 1
x = a.1
x = a:b
x = a:b.c
x = a"b""c"{d}
x = a.b.c"x":d[[y]]{z}
f
(g).x(a)
and = 1
goto = 1
goto 1
::1::
:: a
::a:
local 1
local x y
local x = 1 local x <const> = x + 1 print(x)
while x
while x do
repeat until
repeat
function
function f
function f(
function f() 
return function
do
if
if x
if x then
if x then else
local t = {} t.x.y = 1
local t = {} t.x.y.z = 1
local t = {} t[nil] = 1
local t = {} t[0/0] = 1
local t = {} t:nomethod()
local s = "x" s:nomethod()
local n = 1 n.x = 1
local n n()
nosuch()
nosuch.x()
string.nosuch()
local t = {} t.a.b()
local t = {x={}} t.x.y.z()
return 1 < "2"
return {} < {}
return nil > 1
return "a" < 1
return 1 & 1.5
return 1 | "x"
return "1" | 2
return "1.5" | 2
return 1 << {}
return ~nil
return ~1.5
return ~"3"
return 2^53 | 1
return 1e100 | 1
return -{}
return -"x"
return - "2"
return "10" + 5, "0x10" * 2, "1e1" // 1, "3" % 2
return "abc" + 1
return 1 // 0
return 1 % 0
return 1.0 // 0, 1 % 0.0
return math.mininteger // -1, math.mininteger % -1
return #nil
return #5
return nil .. "x"
return {} .. {}
return 1 .. 2, 1.5 .. "", -0.0 .. ""
local a <close> = setmetatable({}, {__close = function(_, e) print("closing", e) error("in close", 0) end}) error("first", 0)
local a <close> = setmetatable({}, {__close = function(_, e) print("closing", e) end}) local b <close> = setmetatable({}, {__close = function(_, e) print("b", e) error("b", 0) end}) return 1
return coroutine.close(coroutine.running())
return coroutine.resume(coroutine.running())
return coroutine.wrap(function() error({}) end)()
return coroutine.wrap(function() error("x") end)()
return coroutine.wrap(function() local x <close> = setmetatable({}, {__close = function() error("y") end}) error("x") end)()
local co = coroutine.wrap(function() end) co() co()
return coroutine.yield()
return coroutine.status(1)
return coroutine.isyieldable(), coroutine.running()
return error()
return error(nil)
return error("a", 1)
return error("a", 2)
return error("a", 100)
return error({code = 1})
return assert(false)
return assert(nil, "msg")
return assert(false, {})
return assert()
return assert(1, 2, 3)
return select('#', assert(1, nil))
return tostring()
return tostring(nil), tostring(1e15), tostring(1e16), tostring(-1e100), tostring(2^63), tostring(1e300 * 1e10)
return 0x7fffffffffffffff + 1, 9223372036854775807, 9223372036854775808, 0xffffffffffffffff
return 1e308 * 10, -1e308 * 10, 5 // 0.3, -5 % 3, 5 % -3, -5.5 % 3, 5.5 % -math.huge
return 7 // -2, -7 // 2, 7.0 // -2, 3 | 4 ~ 5 & 6, 1 << 63, 1 << 64, 1 >> -1, -1 >> 1
return 1 == 1.0, math.maxinteger + 0.0 == math.maxinteger, math.maxinteger < math.maxinteger + 0.0, "1" == 1
return 2^-1074, 0x1p-1074, 0.1 + 0.2, 100 // 1e-320, 3.14159265358979
]=====]):gmatch("[^\n]+") do L(s) end
