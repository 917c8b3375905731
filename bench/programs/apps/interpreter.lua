-- A tree-walking interpreter for a subset of Lua (numbers, strings, tables,
-- closures, if, while, for, recursion), running small scripts.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 60

-- Lexer ----------------------------------------------------------------------

local KEYWORDS = {}
for word in ([[and do else elseif end false for function if local nil not or
               return then true while]]):gmatch("%a+") do
  KEYWORDS[word] = true
end

local function tokenize(source)
  local tokens, at = {}, 1
  local function add(kind, text, value)
    tokens[#tokens + 1] = { kind = kind, text = text, value = value }
  end
  while true do
    at = source:find("%S", at)
    if not at then
      break
    end
    local word = source:match("^[%a_][%w_]*", at)
    local number = not word and source:match("^%d+%.?%d*", at)
    if word then
      add(KEYWORDS[word] and "keyword" or "name", word)
      at = at + #word
    elseif number then
      add("number", number, tonumber(number))
      at = at + #number
    elseif source:find('^"', at) then
      local text = source:match('^"([^"]*)"', at)
      add("string", text, text)
      at = at + #text + 2
    else
      local two = source:sub(at, at + 1)
      if two == "==" or two == "~=" or two == "<=" or two == ">="
         or two == ".." then
        add("symbol", two)
        at = at + 2
      else
        add("symbol", source:sub(at, at))
        at = at + 1
      end
    end
  end
  add("end", "<eof>")
  return tokens
end

-- Parser: precedence climbing, giving nodes { kind = ..., ... } ---------------

local Parser = {}
Parser.__index = Parser

local BINARY = {
  ["or"] = 1, ["and"] = 2, ["<"] = 3, [">"] = 3, ["<="] = 3, [">="] = 3,
  ["=="] = 3, ["~="] = 3, [".."] = 4, ["+"] = 5, ["-"] = 5, ["*"] = 6,
  ["/"] = 6, ["%"] = 6,
}

function Parser:peek() return self.tokens[self.at] end

function Parser:check(text)
  local token = self.tokens[self.at]
  return token.text == text and token.kind ~= "string"
end

function Parser:accept(text)
  if self:check(text) then
    self.at = self.at + 1
    return true
  end
  return false
end

function Parser:expect(text)
  if not self:accept(text) then
    error("expected " .. text .. " near " .. self:peek().text, 0)
  end
end

function Parser:name()
  local token = self:peek()
  if token.kind ~= "name" then
    error("expected a name near " .. token.text, 0)
  end
  self.at = self.at + 1
  return token.text
end

function Parser:list(closing)
  local items = {}
  while not self:accept(closing) do
    items[#items + 1] = self:expression(0)
    if not self:accept(",") then
      self:expect(closing)
      break
    end
  end
  return items
end

function Parser:body()
  self:expect("(")
  local parameters = {}
  while not self:accept(")") do
    parameters[#parameters + 1] = self:name()
    if not self:accept(",") then
      self:expect(")")
      break
    end
  end
  local body = self:block()
  self:expect("end")
  return { kind = "lambda", parameters = parameters, body = body }
end

function Parser:primary()
  local token = self:peek()
  local node
  if token.kind == "number" or token.kind == "string" then
    self.at = self.at + 1
    return { kind = "constant", value = token.value }
  elseif token.kind == "name" then
    node = { kind = "variable", name = self:name() }
  elseif self:accept("(") then
    node = self:expression(0)
    self:expect(")")
  elseif self:accept("{") then
    return { kind = "array", items = self:list("}") }
  elseif self:accept("function") then
    return self:body()
  elseif self:accept("not") then
    return { kind = "not", operand = self:expression(7) }
  elseif self:accept("-") then
    return { kind = "negate", operand = self:expression(7) }
  elseif self:accept("#") then
    return { kind = "length", operand = self:expression(7) }
  elseif self:accept("nil") then
    return { kind = "constant", value = nil }
  elseif self:accept("true") then
    return { kind = "constant", value = true }
  elseif self:accept("false") then
    return { kind = "constant", value = false }
  else
    error("unexpected " .. token.text, 0)
  end
  while true do
    if self:accept("(") then
      node = { kind = "call", callee = node, arguments = self:list(")") }
    elseif self:accept("[") then
      node = { kind = "index", object = node, key = self:expression(0) }
      self:expect("]")
    else
      return node
    end
  end
end

function Parser:expression(limit)
  local left = self:primary()
  while true do
    local token = self:peek()
    local level = token.kind ~= "string" and BINARY[token.text]
    if not level or level <= limit then
      return left
    end
    self.at = self.at + 1
    left = {
      kind = "binary", operator = token.text, left = left,
      right = self:expression(level),
    }
  end
end

function Parser:statement()
  if self:accept("local") then
    if self:accept("function") then
      local name = self:name()
      return { kind = "local_function", name = name, value = self:body() }
    end
    local name = self:name()
    self:expect("=")
    return { kind = "local", name = name, value = self:expression(0) }
  elseif self:accept("if") then
    local clauses, otherwise = {}, nil
    repeat
      local condition = self:expression(0)
      self:expect("then")
      clauses[#clauses + 1] = { condition = condition, body = self:block() }
    until not self:accept("elseif")
    if self:accept("else") then
      otherwise = self:block()
    end
    self:expect("end")
    return { kind = "if", clauses = clauses, otherwise = otherwise }
  elseif self:accept("while") then
    local condition = self:expression(0)
    self:expect("do")
    local body = self:block()
    self:expect("end")
    return { kind = "while", condition = condition, body = body }
  elseif self:accept("for") then
    local name = self:name()
    self:expect("=")
    local first = self:expression(0)
    self:expect(",")
    local last = self:expression(0)
    self:expect("do")
    local body = self:block()
    self:expect("end")
    return { kind = "for", name = name, first = first, last = last, body = body }
  elseif self:accept("return") then
    return { kind = "return", value = self:expression(0) }
  end
  local target = self:primary()
  if target.kind == "call" then
    return { kind = "evaluate", value = target }
  end
  self:expect("=")
  return { kind = "assign", target = target, value = self:expression(0) }
end

function Parser:block()
  local statements = {}
  while not (self:check("end") or self:check("else") or self:check("elseif")
             or self:peek().kind == "end") do
    statements[#statements + 1] = self:statement()
  end
  return statements
end

local function parse(source)
  local parser = setmetatable({ tokens = tokenize(source), at = 1 }, Parser)
  local block = parser:block()
  if parser:peek().kind ~= "end" then
    error("unexpected " .. parser:peek().text, 0)
  end
  return block
end

-- Evaluator: scopes are chained by their `parent` field ------------------------

local function scope(parent)
  local s = { values = {}, parent = parent }
  return s
end

local UNSET = {}

local function find(s, name)
  repeat
    if s.values[name] ~= nil then
      return s
    end
    s = s.parent
  until not s
  return nil
end

local evaluate, execute

local OPERATORS = {
  ["+"] = function(a, b) return a + b end,
  ["-"] = function(a, b) return a - b end,
  ["*"] = function(a, b) return a * b end,
  ["/"] = function(a, b) return a / b end,
  ["%"] = function(a, b) return a % b end,
  [".."] = function(a, b) return a .. b end,
  ["<"] = function(a, b) return a < b end,
  [">"] = function(a, b) return a > b end,
  ["<="] = function(a, b) return a <= b end,
  [">="] = function(a, b) return a >= b end,
  ["=="] = function(a, b) return a == b end,
  ["~="] = function(a, b) return a ~= b end,
}

local EXPRESSIONS = {
  constant = function(node) return node.value end,
  variable = function(node, s)
    local owner = find(s, node.name)
    if not owner then
      error("undefined " .. node.name, 0)
    end
    local value = owner.values[node.name]
    if value == UNSET then
      return nil
    end
    return value
  end,
  array = function(node, s)
    local list = {}
    for i, item in ipairs(node.items) do
      list[i] = evaluate(item, s)
    end
    return list
  end,
  index = function(node, s)
    return evaluate(node.object, s)[evaluate(node.key, s)]
  end,
  ["not"] = function(node, s) return not evaluate(node.operand, s) end,
  negate = function(node, s) return -evaluate(node.operand, s) end,
  length = function(node, s) return #evaluate(node.operand, s) end,
  binary = function(node, s)
    local operator = node.operator
    local left = evaluate(node.left, s)
    if operator == "and" then
      return left and evaluate(node.right, s)
    elseif operator == "or" then
      return left or evaluate(node.right, s)
    end
    return OPERATORS[operator](left, evaluate(node.right, s))
  end,
  lambda = function(node, s)
    local parameters, body = node.parameters, node.body
    return function(...)
      local inner = scope(s)
      for i, name in ipairs(parameters) do
        local argument = select(i, ...)
        if argument == nil then
          argument = UNSET
        end
        inner.values[name] = argument
      end
      local _, value = execute(body, inner)
      return value
    end
  end,
  call = function(node, s)
    local callee = evaluate(node.callee, s)
    local arguments = node.arguments
    local count = #arguments
    if count == 1 then
      return callee(evaluate(arguments[1], s))
    elseif count == 2 then
      return callee(evaluate(arguments[1], s), evaluate(arguments[2], s))
    end
    local values = {}
    for i = 1, count do
      values[i] = evaluate(arguments[i], s)
    end
    return callee((table.unpack or unpack)(values, 1, count))
  end,
}

function evaluate(node, s)
  return EXPRESSIONS[node.kind](node, s)
end

local function define(s, name, value)
  if value == nil then
    value = UNSET
  end
  s.values[name] = value
end

-- A statement returns true and a value when it ran a `return`.
local STATEMENTS = {
  ["local"] = function(node, s)
    define(s, node.name, evaluate(node.value, s))
  end,
  local_function = function(node, s)
    define(s, node.name, nil)
    define(s, node.name, evaluate(node.value, s))
  end,
  assign = function(node, s)
    local target, value = node.target, evaluate(node.value, s)
    if target.kind == "index" then
      evaluate(target.object, s)[evaluate(target.key, s)] = value
    else
      define(find(s, target.name) or error("undefined " .. target.name, 0),
             target.name, value)
    end
  end,
  evaluate = function(node, s) evaluate(node.value, s) end,
  ["if"] = function(node, s)
    for _, clause in ipairs(node.clauses) do
      if evaluate(clause.condition, s) then
        return execute(clause.body, scope(s))
      end
    end
    if node.otherwise then
      return execute(node.otherwise, scope(s))
    end
  end,
  ["while"] = function(node, s)
    while evaluate(node.condition, s) do
      local returned, value = execute(node.body, scope(s))
      if returned then
        return true, value
      end
    end
  end,
  ["for"] = function(node, s)
    for i = evaluate(node.first, s), evaluate(node.last, s) do
      local inner = scope(s)
      inner.values[node.name] = i
      local returned, value = execute(node.body, inner)
      if returned then
        return true, value
      end
    end
  end,
  ["return"] = function(node, s) return true, evaluate(node.value, s) end,
}

function execute(block, s)
  for _, node in ipairs(block) do
    local returned, value = STATEMENTS[node.kind](node, s)
    if returned then
      return true, value
    end
  end
  return false
end

local function run(source, globals)
  local s = scope(nil)
  for name, value in pairs(globals) do
    s.values[name] = value
  end
  local _, value = execute(parse(source), s)
  return value
end

-- Scripts ----------------------------------------------------------------------

local SCRIPTS = {
  [[ local function fib(n)
       if n < 2 then return n end
       return fib(n - 1) + fib(n - 2)
     end
     return fib(15) ]],
  [[ local flags = {}
     local count = 0
     for i = 2, 600 do flags[i] = true end
     for i = 2, 600 do
       if flags[i] then
         count = count + 1
         local j = i * i
         while j <= 600 do
           flags[j] = false
           j = j + i
         end
       end
     end
     return count ]],
  [[ local function counter()
       local n = 0
       return function(by) n = n + by return n end
     end
     local c = counter()
     for i = 1, 300 do c(i % 7) end
     return c(0) ]],
  [[ local list = {5, 3, 9, 1, 7, 2, 8, 6, 4, 0}
     local n = #list
     for i = 1, n do
       for j = 1, n - i do
         if list[j] > list[j + 1] then
           local t = list[j]
           list[j] = list[j + 1]
           list[j + 1] = t
         end
       end
     end
     local text = ""
     for i = 1, n do text = text .. list[i] .. (i < n and "," or "") end
     return length(text) * 1000 + list[1] - list[n] ]],
}

local globals = { length = function(text) return #text end }
local sum = 0
for _ = 1, N do
  for place, source in ipairs(SCRIPTS) do
    sum = (sum * 7 + place * run(source, globals)) % 1000003
  end
end
local ok, message = pcall(run, "local x = 1 + ) return x", globals)
print(string.format("interpreter %d %s %s", sum, tostring(ok), message))
