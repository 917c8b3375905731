local mt = {__concat = function(a, b)
  local function s(x) return type(x) == "table" and "T" or tostring(x) end
  return "<" .. s(a) .. "|" .. s(b) .. ">"
end}
local t = setmetatable({}, mt)
print(t .. "s", "s" .. t, t .. 1, 1 .. t, t .. t) -- expect: <T|s>	<s|T>	<T|1>	<1|T>	<T|T>
print(t .. nil, nil .. t, true .. t, {} .. t) -- expect: <T|nil>	<nil|T>	<true|T>	<T|T>
print("a" .. "b" .. t .. "c" .. "d") -- expect: ab<T|cd>
local r = setmetatable({}, {__concat = function(a, b) return a end})
print(r .. "x" == r, ("x" .. r) == "x") -- expect: true	true
