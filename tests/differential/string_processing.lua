-- Text utilities: wrapping, splitting, templates, csv, roman numerals, caesar.
local text = [[
Lua is a powerful, efficient, lightweight, embeddable scripting language. It supports
procedural programming, object-oriented programming, functional programming,
data-driven programming, and data description.]]
local function wrap(s, width)
  local lines, line = {}, ""
  for word in s:gmatch("%S+") do
    if #line + #word + 1 > width and line ~= "" then lines[#lines + 1] = line line = word
    else line = line == "" and word or line .. " " .. word end
  end
  lines[#lines + 1] = line
  return lines
end
local function justify(line, width)
  local gaps = select(2, line:gsub(" ", ""))
  if gaps == 0 then return line end
  local extra, n = width - #line, 0
  return (line:gsub(" ", function()
    n = n + 1
    return (" "):rep(1 + extra // gaps + (n <= extra % gaps and 1 or 0))
  end))
end
for _, l in ipairs(wrap(text, 40)) do print("|" .. justify(l, 40) .. "|") end
local function split(s, sep)
  local r, from = {}, 1
  while true do
    local a, b = s:find(sep, from, true)
    if not a then r[#r + 1] = s:sub(from) return r end
    r[#r + 1] = s:sub(from, a - 1)
    from = b + 1
  end
end
for _, c in ipairs {{"a,b,c", ","}, {"", ","}, {",,", ","}, {"a--b-c", "--"}, {"nosep", "|"}} do
  local r = split(c[1], c[2])
  print(#r, "[" .. table.concat(r, "][") .. "]")
end
local counts, order = {}, {}
for w in text:lower():gmatch("%a+") do
  if not counts[w] then order[#order + 1] = w end
  counts[w] = (counts[w] or 0) + 1
end
table.sort(order, function(a, b) if counts[a] ~= counts[b] then return counts[a] > counts[b] end return a < b end)
for i = 1, 8 do io.write(order[i], "=", counts[order[i]], " ") end
print()
local function csv(line)
  local r, i = {}, 1
  repeat
    if line:sub(i, i) == '"' then
      local v, j = "", i
      repeat
        local a, b, chunk, c = line:find('^"(.-)"("?)', j)
        v = v .. chunk .. (c == '"' and '"' or "")
        j = c == '"' and b or b + 1
      until c ~= '"'
      r[#r + 1] = v
      i = j + 1
    else
      local a, b, v = line:find("^([^,]*),?", i)
      r[#r + 1] = v
      i = i + #v + 1
    end
  until i > #line
  return r
end
for _, l in ipairs {'a,b,c', '1,"two, with comma",3', '"say ""hi""",x', ',,', 'last'} do
  local r = csv(l)
  print(l, #r, table.concat(r, " | "))
end
local function roman(n)
  local r = ""
  for v, s in ("1000M900CM500D400CD100C90XC50L40XL10X9IX5V4IV1I"):gmatch("(%d+)(%a+)") do
    v = tonumber(v)
    r = r .. s:rep(n // v)
    n = n % v
  end
  return r
end
for _, n in ipairs {1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999} do io.write(n, "=", roman(n), " ") end
print()
local function caesar(s, k)
  return (s:gsub("%a", function(c)
    local base = c:find("%u") and 65 or 97
    return string.char((c:byte() - base + k) % 26 + base)
  end))
end
print(caesar("Hello, World!", 3), caesar(caesar("Hello, World!", 3), -3), caesar("xyz", 29))
local function template(s, env)
  return (s:gsub("%${([^}]+)}", function(e) return tostring(assert(load("return " .. e, "=expr", "t", env))()) end)
           :gsub("%$(%w+)", env))
end
print(template("$name is ${age + 1} and ${('x'):rep(3)} ${undefined} $missing", setmetatable({name = "Ann", age = 41}, {__index = {}})))
print(pcall(template, "${1 +}", {}))
print(("%s"):rep(3, "-"):format(1, 2.5, "x"), ("abc"):gsub("", "."), ("x=1;y=2"):gsub("(%w)=(%w)", "%2=%1"))
print((("path/to/file.tar.gz"):match("([^/]+)$")), ("path/to/file.tar.gz"):match("^(.*)/"), ("file.tar.gz"):match("%.([^.]+)$"), ("a.b.c"):reverse():match("^(.-)%."))
