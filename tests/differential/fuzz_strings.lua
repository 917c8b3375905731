-- Random strings through find, gsub, rep, sub, byte, format and compare.
local seed = 4242
local function rnd(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
local alphabet = {"a", "b", "c", " ", "1", "2", ".", "%", "(", "x", "\n"}
local function word(n) local t = {} for i = 1, rnd(n) do t[i] = alphabet[rnd(#alphabet)] end return table.concat(t) end
local items = {"a", "b", ".", "%a", "%d", "%s", "[ab]", "[^a]", "[%w_]", "%.", "(", ")", "()", "x", "%b()", "%f[%a]", "c"}
local suffix = {"", "", "", "*", "+", "-", "?"}
local function pattern()
  local t, open = {}, 0
  if rnd(6) == 1 then t[1] = "^" end
  for i = 1, rnd(5) do
    local it = items[rnd(#items)]
    if it == "(" then open = open + 1 t[#t + 1] = it
    elseif it == ")" then if open > 0 then open = open - 1 t[#t + 1] = it end
    elseif it == "()" or it:find("^%%[bf]") then t[#t + 1] = it
    else t[#t + 1] = it .. suffix[rnd(#suffix)] end
  end
  t[#t + 1] = (")"):rep(open)
  if rnd(6) == 1 then t[#t + 1] = "$" end
  return table.concat(t)
end
local function q(...)
  local r = table.pack(...)
  for i = 1, r.n do r[i] = type(r[i]) == "string" and ("%q"):format(r[i]):gsub("\n", "n") or tostring(r[i]) end
  return table.concat(r, " ")
end
for i = 1, 400 do
  local s, p = word(30), pattern()
  print(i, q(s), p)
  print("", q(pcall(string.find, s, p)), "|", q(pcall(string.match, s, p, rnd(5))))
  print("", q(pcall(string.gsub, s, p, "<%0>")), "|", q(pcall(string.gsub, s, p, {a = "A", [" "] = false}, 3)))
  local list = {}
  local ok, err = pcall(function() for a, b in s:gmatch(p) do list[#list + 1] = q(a, b) end end)
  print("", ok, ok and table.concat(list, ";") or err)
end
for i = 1, 200 do
  local a, b = word(12), word(12)
  local x, y = rnd(16) - 8, rnd(16) - 8
  print(q(a, b, a < b, a <= b, a == b, a:sub(x, y), a:byte(x), a:find(b:sub(1, 1), 1, true), #a:rep(rnd(3), b), a:reverse(), a:upper()))
end
