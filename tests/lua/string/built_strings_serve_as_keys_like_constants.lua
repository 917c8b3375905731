-- Strings that are built at run time, many of them new, are found under equal
-- keys however these were made.
local makers = {
  concat = function(s) return s:sub(1, 1) .. s:sub(2) end,
  number = function(s) return "" .. s end,
  sub = function(s) return ("<" .. s .. ">"):sub(2, -2) end,
  upper = function(s) return s:upper():lower() end,
  rep = function(s) return s:rep(1) end,
  format = function(s) return string.format("%s", "" .. s) end,
  gsub = function(s) return (("-" .. s):gsub("^%-", "")) end,
  match = function(s) return (("-" .. s):match("^%-(.*)$")) end,
  gmatch = function(s) return (("-" .. s):gmatch("[^-]+")()) end,
  table = function(s) return table.concat({s:sub(1, 2), s:sub(3)}) end,
  reverse = function(s) return s:reverse():reverse() end,
  char = function(s) return string.char(s:byte(1, -1)) end,
  pack = function(s) return (string.unpack("s1", string.pack("s1", s))) end,
  tostring = function(s) return tostring(s) end,
}
local names = {}
for name in pairs(makers) do names[#names + 1] = name end
table.sort(names)
-- every place makes some hundred new strings first
for i = 1, 300 do
  for _, make in pairs(makers) do make("new" .. i) end
end
for _, name in ipairs(names) do
  local make = makers[name]
  local record = {alpha = 1, beta = 2}              -- a shape
  local dictionary = {alpha = 1, beta = 2, [true] = 3}
  local bad = {}
  local function check(what, ok) if not ok then bad[#bad + 1] = what end end
  for _, t in ipairs {record, dictionary} do
    check("get", t[make("alpha")] == 1 and t[make("beta")] == 2)
    check("absent", t[make("gamma")] == nil and rawget(t, make("delta")) == nil)
    t[make("alpha")] = 10
    check("set", t.alpha == 10)
    t[make("fresh")] = 5
    check("add", t.fresh == 5 and t[make("fresh")] == 5)
    rawset(t, make("raw"), 6)
    check("rawset", t.raw == 6)
    local n = 0
    for k in pairs(t) do if type(k) == "string" then n = n + 1 end end
    check("count", n == 4)
    t[make("fresh")] = nil
    check("delete", t.fresh == nil)
    check("next", pcall(next, t, make("alpha")))
    check("no next", not pcall(next, t, make("nowhere")))
  end
  check("equal", make("alpha") == "alpha" and "beta" == make("beta"))
  check("both", make("alpha") == make("alpha") and make("alpha") ~= make("alphb"))
  check("not equal", not (make("alpha") == "alphb") and make("alpha") ~= "alph")
  check("rawequal", rawequal(make("alpha"), "alpha"))
  check("order", make("alpha") < "alphb" and make("alpha") <= make("alpha"))
  check("pointer", string.format("%p", make("alpha")) == string.format("%p", make("alpha")))
  local object = setmetatable({}, {[make("__index")] = function(_, k) return k end,
                                   [make("__len")] = function() return 7 end})
  check("event", object.x == "x" and #object == 7)
  check("index", object[make("key")] == "key")
  local proxy = {}
  setmetatable(proxy, {__newindex = function(t, k, v) rawset(t, k, v * 2) end})
  proxy[make("p")] = 4
  check("newindex", proxy.p == 8)
  local weak = setmetatable({}, {[make("__mode")] = make("k")})
  weak[make("kept")] = {}
  collectgarbage()
  check("weak", weak.kept ~= nil)
  _G[make("global_of_a_test")] = name
  check("global", global_of_a_test == name)
  check("method", (make("text")):len() == 4 and ("x")[make("rep")] == string.rep)
  check("env", load(make("return 1"))() == 1)
  check("number", make("12") + 1 == 13)
  print(name, #bad == 0 and "ok" or table.concat(bad, " ")) -- expect: char	ok
  -- expect: concat	ok
  -- expect: format	ok
  -- expect: gmatch	ok
  -- expect: gsub	ok
  -- expect: match	ok
  -- expect: number	ok
  -- expect: pack	ok
  -- expect: rep	ok
  -- expect: reverse	ok
  -- expect: sub	ok
  -- expect: table	ok
  -- expect: tostring	ok
  -- expect: upper	ok
end
