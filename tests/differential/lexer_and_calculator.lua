-- A tokenizer and a precedence-climbing calculator with exact errors.
local function lex(src)
  local toks, i = {}, 1
  while true do
    i = src:find("%S", i)
    if not i then break end
    local s, e, v = src:find("^(%d+%.?%d*[eE]?%-?%d*)", i)
    if s then toks[#toks + 1] = {"num", tonumber(v) or error({pos = i, msg = "bad number " .. v}), i}
    else
      s, e, v = src:find("^([%a_][%w_]*)", i)
      if s then toks[#toks + 1] = {"name", v, i}
      else
        s, e, v = src:find("^([<>=~]=)", i)
        if not s then s, e, v = src:find("^(//)", i) end
        if not s then s, e, v = src:find("^([%+%-%*/%%%^%(%),=<>!?:])", i) end
        if not s then error({pos = i, msg = "unexpected " .. src:sub(i, i)}) end
        toks[#toks + 1] = {"op", v, i}
      end
    end
    i = e + 1
  end
  toks[#toks + 1] = {"eof", "end of input", #src + 1}
  return toks
end
local binary = {
  ["?"] = {1, 0}, ["<"] = {3, 4}, [">"] = {3, 4}, ["<="] = {3, 4}, [">="] = {3, 4}, ["=="] = {3, 4}, ["~="] = {3, 4},
  ["+"] = {5, 6}, ["-"] = {5, 6}, ["*"] = {7, 8}, ["/"] = {7, 8}, ["//"] = {7, 8}, ["%"] = {7, 8}, ["^"] = {12, 11},
}
local apply = {
  ["<"] = function(a, b) return a < b and 1 or 0 end, [">"] = function(a, b) return a > b and 1 or 0 end,
  ["<="] = function(a, b) return a <= b and 1 or 0 end, [">="] = function(a, b) return a >= b and 1 or 0 end,
  ["=="] = function(a, b) return a == b and 1 or 0 end, ["~="] = function(a, b) return a ~= b and 1 or 0 end,
  ["+"] = function(a, b) return a + b end, ["-"] = function(a, b) return a - b end, ["*"] = function(a, b) return a * b end,
  ["/"] = function(a, b) return a / b end, ["//"] = function(a, b) return a // b end, ["%"] = function(a, b) return a % b end,
  ["^"] = function(a, b) return a ^ b end,
}
local functions = {max = math.max, min = math.min, abs = math.abs, sqrt = math.sqrt, floor = math.floor, count = function(...) return select("#", ...) end}
local vars = {pi = math.pi, e = math.exp(1)}
local function evaluate(src)
  local toks, p = lex(src), 1
  local expr
  local function peek() return toks[p] end
  local function accept(v) if toks[p][1] == "op" and toks[p][2] == v then p = p + 1 return true end end
  local function expect(v) if not accept(v) then error({pos = peek()[3], msg = ("expected '%s' near '%s'"):format(v, tostring(peek()[2]))}) end end
  local function primary()
    local t = peek()
    p = p + 1
    if t[1] == "num" then return t[2]
    elseif t[1] == "name" then
      if accept "(" then
        local args, n = {}, 0
        if not accept ")" then
          repeat n = n + 1 args[n] = expr(0) until not accept ","
          expect ")"
        end
        local f = functions[t[2]] or error({pos = t[3], msg = "unknown function " .. t[2]})
        return f(table.unpack(args, 1, n))
      elseif accept "=" then vars[t[2]] = expr(0) return vars[t[2]] end
      return vars[t[2]] or error({pos = t[3], msg = "unknown variable " .. t[2]})
    elseif t[2] == "(" then local v = expr(0) expect ")" return v
    elseif t[2] == "-" then return -expr(9)
    elseif t[2] == "!" then return expr(9) == 0 and 1 or 0 end
    error({pos = t[3], msg = "unexpected '" .. tostring(t[2]) .. "'"})
  end
  function expr(min)
    local left = primary()
    while true do
      local t = peek()
      local bp = t[1] == "op" and binary[t[2]]
      if not bp or bp[1] < min then return left end
      p = p + 1
      if t[2] == "?" then
        local a = expr(0)
        expect ":"
        local b = expr(0)
        left = left ~= 0 and a or b
      else
        left = apply[t[2]](left, expr(bp[2]))
      end
    end
  end
  local v = expr(0)
  if peek()[1] ~= "eof" then error({pos = peek()[3], msg = "trailing '" .. tostring(peek()[2]) .. "'"}) end
  return v
end
for line in ([[
1 + 2 * 3
(1 + 2) * 3
2 ^ 3 ^ 2
-2 ^ 2
10 // 3 + 10 % 3
1.5e3 / 4
x = 5
y = x * 2 + 1
x < y ? 100 : 200
max(1, 2, 3) + min(4, 5)
count()
sqrt(x * x + 12 * 12)
abs(-7) == 7
!0 + !5
1 +
(1
2 3
foo(1)
zz + 1
1 / 0
5 % 0
7 // 0
1 # 2
1..2
max()
pi > 3.14 ? e : 0
a = b = 3
a + b
floor(-2.5) - floor(2.5)
]]):gmatch("[^\n]+") do
  local ok, v = pcall(evaluate, line)
  if ok then print(line, "=", v) elseif type(v) == "table" then print(line, "^" .. v.pos, v.msg) else print(line, "!", v) end
end
