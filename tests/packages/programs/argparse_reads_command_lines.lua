local argparse = require "argparse"

local function new()
  local parser = argparse("tool", "Does a thing to files.", "See the manual.")
  parser:argument("input", "Input file.")
  parser:argument("rest", "Others."):args("*")
  parser:option("-o --output", "Output file.", "a.out")
  parser:option("-I --include", "Include locations."):count("*")
  parser:option("-l --level", "How much."):convert(tonumber):default("1")
  parser:option("-m --mode", "Which way."):choices { "fast", "slow" }
  parser:option("--pair", "Two."):args(2):argname { "<key>", "<value>" }
  parser:flag("-v --verbose", "More words."):count("0-2"):target("verbosity")
  parser:mutex(parser:flag("-q --quiet"), parser:flag("-d --debug"))
  local add = parser:command("add a", "Adds something.")
  add:argument("what"):args("+")
  parser:require_command(false)
  return parser
end

print(new():get_usage())
print(new():get_help())

local function show(value, indent)
  if type(value) ~= "table" then
    return tostring(value)
  end
  local names = {}
  for name in pairs(value) do
    names[#names + 1] = name
  end
  table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
  for i, name in ipairs(names) do
    names[i] = tostring(name) .. "=" .. show(value[name])
  end
  return "{" .. table.concat(names, " ") .. "}"
end

for _, line in ipairs {
  "in", "in -o out -Ia -I b --include=c", "in -vv --level 7", "-vvv in",
  "in x y z", "in --pair k v", "in --pair k", "in -m fast", "in -m other",
  "in -q -d", "", "in --outptu x", "-l seven in", "in add one two", "in add",
  "in --level=0x10 -- -x", "in --verbose=1",
} do
  local words = {}
  for word in line:gmatch("%S+") do
    words[#words + 1] = word
  end
  local ok, result = new():pparse(words)
  print(line, ok, show(result))
end
