-- Encodes and decodes JSON: patterns, recursion, escapes, error positions.
local function encode(v, out)
  local t = type(v)
  if t == "nil" then out[#out + 1] = "null"
  elseif t == "boolean" then out[#out + 1] = tostring(v)
  elseif t == "number" then
    if math.type(v) == "integer" then out[#out + 1] = ("%d"):format(v)
    else out[#out + 1] = ("%.14g"):format(v) end
  elseif t == "string" then
    out[#out + 1] = '"' .. v:gsub('[%c"\\]', function(c)
      local short = {['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t"}
      return short[c] or ("\\u%04x"):format(c:byte())
    end) .. '"'
  elseif #v > 0 or next(v) == nil then
    out[#out + 1] = "["
    for i, x in ipairs(v) do
      if i > 1 then out[#out + 1] = "," end
      encode(x, out)
    end
    out[#out + 1] = "]"
  else
    local keys = {}
    for k in pairs(v) do keys[#keys + 1] = k end
    table.sort(keys)
    out[#out + 1] = "{"
    for i, k in ipairs(keys) do
      if i > 1 then out[#out + 1] = "," end
      encode(k, out)
      out[#out + 1] = ":"
      encode(v[k], out)
    end
    out[#out + 1] = "}"
  end
  return out
end

local function dumps(v) return table.concat(encode(v, {})) end

local decode
local function skip(s, i) return s:find("%S", i) or #s + 1 end
local function fail(s, i, what)
  error({message = ("%s at %d near %q"):format(what, i, s:sub(i, i + 5))})
end

local escapes = {n = "\n", t = "\t", r = "\r", b = "\b", f = "\f",
                 ['"'] = '"', ["\\"] = "\\", ["/"] = "/"}

local function decode_string(s, i)
  local out, j = {}, i + 1
  while true do
    local a, b, plain, special = s:find('^([^"\\]*)(["\\])', j)
    if not a then fail(s, i, "unfinished string") end
    out[#out + 1] = plain
    if special == '"' then return table.concat(out), b + 1 end
    local e = s:sub(b + 1, b + 1)
    if e == "u" then
      local hex = s:match("^%x%x%x%x", b + 2) or fail(s, b, "bad escape")
      out[#out + 1] = utf8.char(tonumber(hex, 16))
      j = b + 6
    else
      out[#out + 1] = escapes[e] or fail(s, b, "bad escape")
      j = b + 2
    end
  end
end

function decode(s, i)
  i = skip(s, i)
  local c = s:sub(i, i)
  if c == "{" then
    local r = {}
    i = skip(s, i + 1)
    if s:sub(i, i) == "}" then return r, i + 1 end
    repeat
      local k, v
      i = skip(s, i)
      if s:sub(i, i) ~= '"' then fail(s, i, "key expected") end
      k, i = decode_string(s, i)
      i = skip(s, i)
      if s:sub(i, i) ~= ":" then fail(s, i, "colon expected") end
      v, i = decode(s, i + 1)
      r[k] = v
      i = skip(s, i)
      local sep = s:sub(i, i)
      i = i + 1
      if sep ~= "," and sep ~= "}" then fail(s, i - 1, "comma expected") end
    until sep == "}"
    return r, i
  elseif c == "[" then
    local r = {}
    i = skip(s, i + 1)
    if s:sub(i, i) == "]" then return r, i + 1 end
    while true do
      r[#r + 1], i = decode(s, i)
      i = skip(s, i)
      local sep = s:sub(i, i)
      i = i + 1
      if sep == "]" then return r, i end
      if sep ~= "," then fail(s, i - 1, "comma expected") end
    end
  elseif c == '"' then return decode_string(s, i)
  end
  local word = s:match("^%a+", i)
  if word == "true" then return true, i + 4 end
  if word == "false" then return false, i + 5 end
  if word == "null" then return nil, i + 4 end
  local num = s:match("^-?%d+%.?%d*[eE]?[+-]?%d*", i)
  if not num then fail(s, i, "value expected") end
  return math.tointeger(num) or tonumber(num), i + #num
end

local samples = {
  '[]', '{}', '[1, 2.5, -3e2, 1e100]', '{"a": {"b": [true, false, null, "x"]}}',
  '"\\u00e9\\n\\t\\"quoted\\""', '  [ [ [ ] ] , { "k" : "v" } ]  ',
  '{"z":1,"y":2,"x":[3,[4,[5]]]}', '9007199254740993', '-0.5',
  '[1,,2]', '{"a" 1}', '{a:1}', '"open', '[1 2]', 'nope', '"\\q"', '{"a":1',
}
for _, s in ipairs(samples) do
  local ok, v = pcall(decode, s, 1)
  if ok then print(s, "->", dumps(v))
  else print(s, "!", type(v) == "table" and v.message or v) end
end
local deep = ("["):rep(50) .. "1" .. ("]"):rep(50)
print(dumps((decode(deep, 1))) == deep)
print(dumps {1, "two", {three = 3, list = {1.5, false}}, "\1\31"})
