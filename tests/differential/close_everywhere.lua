-- To-be-closed variables: every exit, errors in close, yields, loops, nesting.
local out = {}
local function say(...) out[#out + 1] = table.concat({...}, ":") end
local function flush(title) print(title, table.concat(out, " ")) out = {} end
local function C(name, action)
  return setmetatable({name = name}, {__close = function(self, e)
    say(self.name, type(e) == "table" and "table" or tostring(e))
    if action then action(self, e) end
  end})
end
local function normal() local a <close> = C "a" local b <close> = C "b" say "body" end
normal() flush "normal"
local function ret() local a <close> = C "a" return "r1", "r2", nil end
say(select("#", ret())) flush "return"
local function vret(...) local a <close> = C "a" return ... end
say(select("#", vret(1, nil, nil))) flush "vararg return"
local function tail() local a <close> = C "a" return normal() end
tail() flush "not a tail call"
for i = 1, 3 do local a <close> = C("loop" .. i) if i == 2 then break end say("body" .. i) end flush "break"
for i = 1, 3 do local a <close> = C("it" .. i) if i == 2 then goto continue end say("body" .. i) ::continue:: end flush "continue"
do local n = 0 repeat local a <close> = C("r" .. n) n = n + 1 until n == 2 end flush "repeat"
do local n = 0 while n < 2 do n = n + 1 local a <close> = C("w" .. n) end end flush "while"
do local i = 0 ::top:: do local a <close> = C("g" .. i) i = i + 1 if i < 3 then goto top end end end flush "goto"
local function err() local a <close> = C "a" local b <close> = C "b" error("E", 0) end
say(select(2, pcall(err))) flush "error"
local function errclose() local a <close> = C "a" local b <close> = C("b", function() error("from b", 0) end) local c <close> = C "c" error("E", 0) end
say(select(2, pcall(errclose))) flush "error in close"
local function onlyclose() local a <close> = C "a" local b <close> = C("b", function() error({1}) end) return "value" end
say(type(select(2, pcall(onlyclose)))) flush "close error on return"
local function nestederr() local a <close> = C("a", function(_, e) error("a after " .. tostring(e), 0) end) local b <close> = C("b", function(_, e) error("b after " .. tostring(e), 0) end) error("start", 0) end
say(select(2, pcall(nestederr))) flush "chain of close errors"
local function protects() local a <close> = C("a", function() say(select(2, pcall(error, "inner", 0))) end) error("outer", 0) end
say(select(2, pcall(protects))) flush "pcall inside close"
local function catch() local ok, e = pcall(function() local a <close> = C "a" local t = nil return t.x end) return e:gsub("^.-:%d+: ", "") end
say((catch())) flush "runtime error"
local function iter(n, extra) return function(_, i) if i < n then return i + 1 end end, nil, 0, extra end
for i in iter(2, C "for") do say("i" .. i) end flush "generic for"
for i in iter(5, C "forbreak") do if i == 2 then break end end flush "generic for break"
pcall(function() for i in iter(5, C "forerr") do if i == 2 then error("x", 0) end end end) flush "generic for error"
say((function() for i in iter(5, C "forret") do if i == 2 then return "returned" end end end)()) flush "generic for return"
for i in iter(2, C "outer") do for j in iter(2, C("inner" .. i)) do if j == 2 then break end say(i .. j) end end flush "nested for"
local co = coroutine.wrap(function()
  local a <close> = C("ca", function() coroutine.yield("yield in close") say "resumed" end)
  coroutine.yield("y1")
  return "done"
end)
say(co(), co(), co()) flush "coroutine"
local co2 = coroutine.create(function() local a <close> = C "k1" local b <close> = C("k2", function() error("close err", 0) end) coroutine.yield() end)
coroutine.resume(co2)
say(tostring(coroutine.close(co2)), coroutine.status(co2)) flush "coroutine.close"
local co3 = coroutine.wrap(function() pcall(function() local a <close> = C("p", function() coroutine.yield("from close during error") end) error("err", 0) end) return "after" end)
say(co3(), co3()) flush "yield in close during error"
local function deep(n) local a <close> = C("d" .. n) if n == 0 then error("bottom", 0) end deep(n - 1) say "unreached" end
say(select(2, pcall(deep, 4))) flush "deep unwinding"
local function multi() local a <close>, b <const>, c = C "ma", 2, 3 c = b + c return c end
say(multi()) flush "attribs in one list"
local function shadow() local a <close> = C "first" local a <close> = C "second" return "s" end
say(shadow()) flush "shadowing"
local function upv() local a <close> = C "up" return function() return a.name end end
say(upv()()) flush "captured"
local function niltbc(x) local a <close> = x return "ok" end
say(niltbc(nil), niltbc(false), tostring(pcall(niltbc, {})), tostring(pcall(niltbc, 1))) flush "nil and false"
local m = setmetatable({}, {__close = C})
local changed = setmetatable({}, {__close = function() say "old" end})
do local a <close> = changed getmetatable(changed).__close = function() say "new" end end flush "replaced metamethod"
local function many() local t = {} for i = 1, 20 do local a <close> = C(i) t[i] = function() return a.name end end return t[7]() end
say(many()) flush "many"
do local a <close> = C "chunk" local b <close> = C("chunk2") end flush "block"
local last <close> = setmetatable({}, {__close = function(_, e) print("main chunk closing", e) end})
error("end of program")
