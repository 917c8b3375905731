-- A small Scheme: reader, environments, closures, tail calls, errors.
local function tokenize(s)
  local t = {}
  s = s:gsub(";[^\n]*", "")
  for tok in s:gsub("[()']", " %0 "):gmatch("%S+") do t[#t + 1] = tok end
  return t
end
local Sym = setmetatable({}, {__mode = "v", __index = function(t, n)
  local s = {name = n}
  t[n] = s
  return s
end})
local keep = {}
local function sym(n) keep[n] = Sym[n] return keep[n] end
local function parse(toks, i)
  local tok = toks[i]
  if tok == "(" then
    local list = {n = 0}
    i = i + 1
    while toks[i] ~= ")" do
      if not toks[i] then error("missing )", 0) end
      list.n = list.n + 1
      list[list.n], i = parse(toks, i)
    end
    return list, i + 1
  elseif tok == ")" then error("unexpected )", 0)
  elseif tok == "'" then
    local q
    q, i = parse(toks, i + 1)
    return {n = 2, sym "quote", q}, i
  elseif tok == "#t" then return true, i + 1
  elseif tok == "#f" then return false, i + 1
  end
  return math.tointeger(tok) or tonumber(tok) or sym(tok), i + 1
end
local function show(v)
  if type(v) ~= "table" then return v == true and "#t" or v == false and "#f" or tostring(v) end
  if v.name then return v.name end
  if v.params then return "#<procedure>" end
  local r = {}
  for i = 1, v.n do r[i] = show(v[i]) end
  return "(" .. table.concat(r, " ") .. ")"
end
local global = {}
local prims = {
  ["+"] = function(...) local s = 0 for _, x in ipairs {...} do s = s + x end return s end,
  ["*"] = function(...) local s = 1 for _, x in ipairs {...} do s = s * x end return s end,
  ["-"] = function(a, b) if not b then return -a end return a - b end,
  ["/"] = function(a, b) return a / b end,
  quotient = function(a, b) return a // b end,
  modulo = function(a, b) return a % b end,
  ["<"] = function(a, b) return a < b end, ["="] = function(a, b) return a == b end,
  car = function(l) return l[1] end,
  cdr = function(l) return {n = l.n - 1, table.unpack(l, 2, l.n)} end,
  cons = function(a, l) return {n = l.n + 1, a, table.unpack(l, 1, l.n)} end,
  list = function(...) return {n = select("#", ...), ...} end,
  ["null?"] = function(l) return type(l) == "table" and l.n == 0 end,
  display = function(v) io.write(show(v), " ") return v end,
}
for k, v in pairs(prims) do global[k] = v end
local eval
local function apply(f, args)
  if type(f) == "function" then return f(table.unpack(args, 1, args.n)) end
  local env = setmetatable({}, {__index = f.env, __newindex = rawset})
  for i = 1, f.params.n do env[f.params[i].name] = args[i] end
  for i = 1, f.body.n - 1 do eval(f.body[i], env) end
  return eval(f.body[f.body.n], env)
end
local special = {}
function special.quote(x) return x[2] end
special["if"] = function(x, env)
  if eval(x[2], env) ~= false then return eval(x[3], env) end
  return x[4] ~= nil and eval(x[4], env)
end
function special.define(x, env)
  if type(x[2]) == "table" and x[2].n then
    local params = {n = x[2].n - 1, table.unpack(x[2], 2, x[2].n)}
    env[x[2][1].name] = {params = params, body = {n = x.n - 2, table.unpack(x, 3, x.n)}, env = env}
    return x[2][1]
  end
  env[x[2].name] = eval(x[3], env)
  return x[2]
end
special.lambda = function(x, env) return {params = x[2], body = {n = x.n - 2, table.unpack(x, 3, x.n)}, env = env} end
function special.let(x, env)
  local e = setmetatable({}, {__index = env})
  for i = 1, x[2].n do rawset(e, x[2][i][1].name, eval(x[2][i][2], env)) end
  local v
  for i = 3, x.n do v = eval(x[i], e) end
  return v
end
function eval(x, env)
  if type(x) ~= "table" then return x end
  if x.name then
    local v = env[x.name]
    if v == nil then error("unbound variable " .. x.name, 0) end
    return v
  end
  local head = x[1]
  if type(head) == "table" and head.name and special[head.name] then return special[head.name](x, env) end
  local f = eval(head, env)
  local args = {n = x.n - 1}
  for i = 2, x.n do args[i - 1] = eval(x[i], env) end
  return apply(f, args)
end
local programs = {
  "(+ 1 2 (* 3 4))", "(define x 10)", "(if (< x 5) 'small 'big)",
  "(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))", "(fact 10)", "(fact 20)", "(fact 25)", "(fact 5.0)",
  "(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))",
  "(map (lambda (x) (* x x)) '(1 2 3 4))", "(map fact (list 1 2 3))",
  "(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))", "(loop 10000 0)",
  "(let ((a 1) (b 2)) (display a) (+ a b))", "'(a (b c) ())", "(lambda (x) x)",
  "(define (make-counter) (let ((n 0)) (lambda () (define n (+ n 1)) n)))", "((make-counter))",
  "(undefined-thing 1)", "(car 5)", "(+ 1 'a)", "(", ")", "((lambda (x y) (list y x)) 1 2)", "(quotient 7 0)",
  "(define (ack m n) (if (= m 0) (+ n 1) (if (= n 0) (ack (- m 1) 1) (ack (- m 1) (ack m (- n 1))))))", "(ack 2 3)",
}
for _, src in ipairs(programs) do
  local ok, v = pcall(function() return eval((parse(tokenize(src), 1)), global) end)
  print(src, ok and "=>" or "!!", ok and show(v) or v)
end
