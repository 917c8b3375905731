-- A JSON encoder and decoder, and a document sent through both.
-- quick: 2
-- peers: lua5.4 luajit

local N = tonumber((...)) or 120

local json = {}

local ESCAPES = {
  ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
  ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}
local UNESCAPES = {
  ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b", f = "\f", n = "\n",
  r = "\r", t = "\t",
}

local function escape(c)
  return ESCAPES[c] or string.format("\\u%04x", c:byte())
end

local function quote(text)
  return '"' .. text:gsub('[%c"\\]', escape) .. '"'
end

local encode_value

local function encode_array(list, out)
  out[#out + 1] = "["
  for i = 1, #list do
    if i > 1 then
      out[#out + 1] = ","
    end
    encode_value(list[i], out)
  end
  out[#out + 1] = "]"
end

local function encode_object(object, out)
  local keys = {}
  for key in pairs(object) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  out[#out + 1] = "{"
  for i, key in ipairs(keys) do
    if i > 1 then
      out[#out + 1] = ","
    end
    out[#out + 1] = quote(key)
    out[#out + 1] = ":"
    encode_value(object[key], out)
  end
  out[#out + 1] = "}"
end

function encode_value(value, out)
  local kind = type(value)
  if kind == "string" then
    out[#out + 1] = quote(value)
  elseif kind == "number" then
    out[#out + 1] = string.format("%.14g", value)
  elseif kind == "table" then
    if #value > 0 then
      encode_array(value, out)
    else
      encode_object(value, out)
    end
  else
    out[#out + 1] = tostring(value)
  end
end

function json.encode(value)
  local out = {}
  encode_value(value, out)
  return table.concat(out)
end

local function fail(text, at, message)
  local _, line = text:sub(1, at):gsub("\n", "")
  error(string.format("line %d: %s", line + 1, message), 0)
end

local function skip_space(text, at)
  return text:find("[^ \n\r\t]", at) or #text + 1
end

local decode_value

local function decode_string(text, at)
  local parts, from = nil, at + 1
  while true do
    local stop = text:find('["\\]', from)
    if not stop then
      fail(text, at, "unfinished string")
    end
    local piece = text:sub(from, stop - 1)
    if text:byte(stop) == 34 then
      if not parts then
        return piece, stop + 1
      end
      parts[#parts + 1] = piece
      return table.concat(parts), stop + 1
    end
    parts = parts or {}
    parts[#parts + 1] = piece
    local c = text:sub(stop + 1, stop + 1)
    if c == "u" then
      local code = tonumber(text:sub(stop + 2, stop + 5), 16)
      parts[#parts + 1] = string.char(code % 256)
      from = stop + 6
    else
      parts[#parts + 1] = UNESCAPES[c] or fail(text, stop, "bad escape")
      from = stop + 2
    end
  end
end

local function decode_array(text, at)
  local list, n = {}, 0
  at = skip_space(text, at + 1)
  if text:sub(at, at) == "]" then
    return list, at + 1
  end
  while true do
    n = n + 1
    list[n], at = decode_value(text, at)
    at = skip_space(text, at)
    local c = text:sub(at, at)
    if c == "]" then
      return list, at + 1
    elseif c ~= "," then
      fail(text, at, "expected , or ]")
    end
    at = at + 1
  end
end

local function decode_object(text, at)
  local object = {}
  at = skip_space(text, at + 1)
  if text:sub(at, at) == "}" then
    return object, at + 1
  end
  while true do
    at = skip_space(text, at)
    if text:sub(at, at) ~= '"' then
      fail(text, at, "expected a key")
    end
    local key
    key, at = decode_string(text, at)
    at = skip_space(text, at)
    if text:sub(at, at) ~= ":" then
      fail(text, at, "expected :")
    end
    object[key], at = decode_value(text, at + 1)
    at = skip_space(text, at)
    local c = text:sub(at, at)
    if c == "}" then
      return object, at + 1
    elseif c ~= "," then
      fail(text, at, "expected , or }")
    end
    at = at + 1
  end
end

local LITERALS = { ["true"] = true, ["false"] = false }

function decode_value(text, at)
  at = skip_space(text, at)
  local c = text:sub(at, at)
  if c == "{" then
    return decode_object(text, at)
  elseif c == "[" then
    return decode_array(text, at)
  elseif c == '"' then
    return decode_string(text, at)
  end
  local number = text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", at)
  if number then
    return tonumber(number), at + #number
  end
  local word = text:match("^%a+", at)
  if word and LITERALS[word] ~= nil then
    return LITERALS[word], at + #word
  end
  fail(text, at, "unexpected character")
end

function json.decode(text)
  local value, at = decode_value(text, 1)
  if skip_space(text, at) <= #text then
    fail(text, at, "trailing text")
  end
  return value
end

local seed = 99
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local CITIES = { "Oslo", "Porto", "Lima", "Quito \"centro\"", "New\tDelhi" }

local function customer(id)
  local orders = {}
  for i = 1, 3 + random(5) do
    orders[i] = {
      item = "item-" .. random(1000),
      quantity = 1 + random(9),
      price = random(100000) / 128,
      paid = random(2) == 0,
    }
  end
  return {
    id = id,
    name = "Customer " .. id,
    note = "line one\nline \\ two\1",
    address = { city = CITIES[random(#CITIES) + 1], zip = 1000 + random(9000) },
    tags = { "a" .. random(10), "b" .. random(10) },
    orders = orders,
  }
end

local document = { version = 1, customers = {} }
for id = 1, 60 do
  document.customers[id] = customer(id)
end

local function revenue(doc)
  local sum = 0
  for _, c in ipairs(doc.customers) do
    for _, order in ipairs(c.orders) do
      if order.paid then
        sum = sum + order.quantity * order.price
      end
    end
  end
  return sum
end

local expected = json.encode(document)
local copy = document
local sum = 0
for _ = 1, N do
  copy = json.decode(json.encode(copy))
  sum = sum + revenue(copy)
end
assert(json.encode(copy) == expected, "the document changed")
local ok, message = pcall(json.decode, '{"a": [1, 2,\n 3}')
print(string.format("json %d %.6f %s %s", #expected, sum, tostring(ok), message))
