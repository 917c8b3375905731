-- A backtracking regex compiled to a small bytecode, run by a small VM.
local function compile(re)
  local pos, prog = 1, {}
  local function emit(op, a, b) prog[#prog + 1] = {op, a, b} return #prog end
  local alt
  local groups = 0
  local function atom()
    local c = re:sub(pos, pos)
    pos = pos + 1
    if c == "(" then
      groups = groups + 1
      local g = groups
      emit("save", 2 * g)
      alt()
      if re:sub(pos, pos) ~= ")" then error("missing ) at " .. pos, 0) end
      pos = pos + 1
      emit("save", 2 * g + 1)
    elseif c == "." then emit("any")
    elseif c == "[" then
      local s, neg = {}, false
      if re:sub(pos, pos) == "^" then neg = true pos = pos + 1 end
      repeat
        local x = re:sub(pos, pos)
        if x == "" then error("missing ]", 0) end
        if re:sub(pos + 1, pos + 1) == "-" and re:sub(pos + 2, pos + 2) ~= "]" then
          for b = x:byte(), re:byte(pos + 2) do s[string.char(b)] = true end
          pos = pos + 3
        else s[x] = true pos = pos + 1 end
      until re:sub(pos, pos) == "]"
      pos = pos + 1
      emit("set", s, neg)
    elseif c == "\\" then emit("char", re:sub(pos, pos)) pos = pos + 1
    elseif c == "^" then emit("bol") elseif c == "$" then emit("eol")
    elseif c == "*" or c == "+" or c == "?" then error("nothing to repeat at " .. pos - 1, 0)
    else emit("char", c) end
  end
  local function piece()
    local start = #prog + 1
    atom()
    local q = re:sub(pos, pos)
    if q == "*" or q == "+" or q == "?" then
      pos = pos + 1
      local lazy = re:sub(pos, pos) == "?"
      if lazy then pos = pos + 1 end
      local function split(a, b) if lazy then a, b = b, a end return a, b end
      if q == "+" then emit("split", split(start, #prog + 2))
      else
        table.insert(prog, start, {"split"})
        for i = start + 1, #prog do
          local p = prog[i]
          if p[1] == "jmp" or p[1] == "split" then
            if p[2] >= start then p[2] = p[2] + 1 end
            if p[3] and p[3] >= start then p[3] = p[3] + 1 end
          end
        end
        if q == "*" then emit("jmp", start) end
        prog[start][2], prog[start][3] = split(start + 1, #prog + 1)
      end
    end
  end
  local function seq() while pos <= #re and not re:find("^[|)]", pos) do piece() end end
  function alt()
    local start = #prog + 1
    seq()
    if re:sub(pos, pos) == "|" then
      pos = pos + 1
      table.insert(prog, start, {"split", start + 1, 0})
      for i = start + 1, #prog do
        local p = prog[i]
        if p[1] == "jmp" or p[1] == "split" then
          if p[2] >= start then p[2] = p[2] + 1 end
          if p[3] and p[3] >= start then p[3] = p[3] + 1 end
        end
      end
      local j = emit("jmp", 0)
      prog[start][3] = #prog + 1
      alt()
      prog[j][2] = #prog + 1
    end
  end
  alt()
  if pos <= #re then error("unexpected " .. re:sub(pos, pos), 0) end
  emit "match"
  return prog, groups
end
local steps
local function exec(prog, s, at)
  local stack = {{1, at, {}}}
  while #stack > 0 do
    local pc, i, caps = table.unpack(table.remove(stack))
    while true do
      steps = steps + 1
      if steps > 20000 then error("too many steps", 0) end
      local op = prog[pc]
      local c = s:sub(i, i)
      if op[1] == "match" then return i, caps
      elseif op[1] == "char" then if c ~= op[2] then break end pc, i = pc + 1, i + 1
      elseif op[1] == "any" then if c == "" then break end pc, i = pc + 1, i + 1
      elseif op[1] == "set" then if c == "" or (op[2][c] or false) == op[3] then break end pc, i = pc + 1, i + 1
      elseif op[1] == "bol" then if i ~= 1 then break end pc = pc + 1
      elseif op[1] == "eol" then if i ~= #s + 1 then break end pc = pc + 1
      elseif op[1] == "save" then caps = setmetatable({[op[2]] = i}, {__index = caps}) pc = pc + 1
      elseif op[1] == "jmp" then pc = op[2]
      else stack[#stack + 1] = {op[3], i, caps} pc = op[2] end
    end
  end
end
local function match(re, s)
  local prog, groups = compile(re)
  steps = 0
  for at = 1, #s + 1 do
    local e, caps = exec(prog, s, at)
    if e then
      local r = {("%d-%d"):format(at, e - 1)}
      for g = 1, groups do r[#r + 1] = caps[2 * g] and caps[2 * g + 1] and s:sub(caps[2 * g], caps[2 * g + 1] - 1) or "-" end
      return table.concat(r, " "), steps, #prog
    end
  end
  return nil, steps, #prog
end
for _, t in ipairs {
  {"abc", "xxabcxx"}, {"a*b", "aaab"}, {"(a+)(b+)?c", "aac"}, {"(a|b)*c", "abbac"}, {"^(.*)-(.*)$", "left-mid-right"}, {"^(.*?)-(.*)$", "left-mid-right"},
  {"[0-9]+\\.[0-9]*", "pi is 3.14!"}, {"[^ ]+$", "the last word"}, {"(a*)*b", "aaaaaaaac"}, {"x?y?z?", "zyx"}, {"(ab|cd|ef)+", "zzabefcd"}, {"a|b|c|d", "xxd"},
  {"(", "x"}, {"a)", "x"}, {"*a", "x"}, {"[a", "x"}, {"", "abc"}, {"(a)(b)(c)(d)(e)", "abcde"}, {"(foo|foobar)(bar)?$", "foobarbar"}, {"a+?b", "aaab"}, {"((a)|(b))+", "ab"},
} do print(t[1], t[2], pcall(match, t[1], t[2])) end
