-- Compiles a small language to Lua source and loads it.
local function compile(src)
  local out = {"local d, p, o = setmetatable({}, {__index = function() return 0 end}), 1, {}"}
  local depth = 0
  local i = 1
  while i <= #src do
    local c = src:sub(i, i)
    local run = #src:match("^" .. c:gsub("%p", "%%%0") .. "+", i)
    if c == "+" then out[#out + 1] = ("d[p] = (d[p] + %d) & 255"):format(run)
    elseif c == "-" then out[#out + 1] = ("d[p] = (d[p] - %d) & 255"):format(run)
    elseif c == ">" then out[#out + 1] = ("p = p + %d"):format(run)
    elseif c == "<" then out[#out + 1] = ("p = p - %d"):format(run)
    elseif c == "." then run = 1 out[#out + 1] = "o[#o + 1] = string.char(d[p])"
    elseif c == "[" then run = 1 depth = depth + 1 out[#out + 1] = "while d[p] ~= 0 do"
    elseif c == "]" then
      run = 1
      depth = depth - 1
      if depth < 0 then return nil, "unmatched ] at " .. i end
      out[#out + 1] = "end"
    else run = 1 end
    i = i + run
  end
  if depth > 0 then return nil, "unmatched [" end
  out[#out + 1] = "return table.concat(o), p"
  return load(table.concat(out, "\n"), "=bf", "t", {setmetatable = setmetatable, string = string, table = table})
end
local programs = {
  hello = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++.",
  digits = "++++++++[->++++++<]>>++++++++++[-<.+>]",
  broken = "[[]", unbalanced = "]", empty = "", comment = "no code here",
}
for _, name in ipairs {"hello", "digits", "broken", "unbalanced", "empty", "comment"} do
  local f, err = compile(programs[name])
  if f then
    local text, p = f()
    print(name, #text, p, (text:gsub("\n", "|")))
  else
    print(name, "error", err)
  end
end
local cell = compile("+[>+]")
local env = {}
debug.sethook(function() error("too long", 0) end, "", 100000)
print(pcall(cell))
debug.sethook()
