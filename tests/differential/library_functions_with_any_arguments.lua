-- Every library function and method, called with every short list of values
-- of all types: which argument is refused, and in which words.

-- They end the program or wait, answer what only this machine would, print, or
-- change what the walk needs; the values without names in native functions are
-- not the same.
local left_out = {}
for name in ([[
    os.exit os.execute os.tmpname os.clock os.time os.date os.getenv os.rename
    os.remove io.read io.lines io.popen io.close io.tmpfile io.output io.input
    io.write dofile loadfile print require warn collectgarbage
    coroutine.yield coroutine.running debug.debug debug.sethook
    debug.getlocal debug.setlocal debug.setmetatable debug.getregistry
    debug.traceback math.random
    math.randomseed package.loadlib]]):gmatch("%S+") do
  left_out[name] = true
end

local file = io.tmpfile()
local functions, names = {}, {}
local function add(prefix, library)
  for field, f in pairs(library) do
    local name = prefix .. field
    if type(f) == "function" and not left_out[name] then
      names[#names + 1] = name
      functions[name] = f
    end
  end
end
add("", _G)
for library, t in pairs(package.loaded) do
  if library ~= "_G" then add(library .. ".", t) end
end
add("file:", getmetatable(file).__index)
add("string event ", getmetatable(""))
functions["string event __index"] = nil
table.sort(names)

-- Without addresses, the sign of a NaN, and the choice among the two names of
-- one function.
local function text(v)
  return (tostring(v):gsub("0x%x+", "0x"):gsub("(builtin: )%x+", "0x")
    :gsub("^-nan$", "nan"):gsub("math%.atan2", "math.atan"))
end

local values = {
  {"nil", function() return nil end},
  {"{}", function() return {} end},
  {"1", function() return 1 end},
  {"1.5", function() return 1.5 end},
  {"'x'", function() return "x" end},
  {"'10'", function() return "10" end},
  {"true", function() return true end},
  {"rawequal", function() return rawequal end},
  {"thread", function() return coroutine.create(function() end) end},
  {"file", function() return file end},
  {"object", function() return setmetatable({}, {__name = "My.Type"}) end},
}

local function try(name, label, args, n)
  local results = table.pack(pcall(functions[name], table.unpack(args, 1, n)))
  for i = 1, results.n do results[i] = text(results[i]) end
  print(name .. "(" .. label .. ")", table.concat(results, " ", 1, results.n))
end

local function walk(name, kinds, most, label, args, n)
  try(name, label, args, n)
  if n == most then return end
  for i = 1, kinds do
    args[n + 1] = values[i][2]()
    walk(name, kinds, most, label .. (n > 0 and ", " or "") .. values[i][1],
      args, n + 1)
  end
  args[n + 1] = nil
end

for _, name in ipairs(names) do
  if name ~= "file:close" and name ~= "next" then
    walk(name, #values, 2, "", {}, 0)
    walk(name, 3, 4, "", {}, 0)
  end
end

-- The ones left out, with what they refuse.
local function refused(name, ...)
  local f = _G
  for part in name:gmatch("[^.]+") do f = f[part] end
  print(name, text((select(2, pcall(f, ...)))))
end
refused("next")
refused("next", nil)
refused("next", {}, {})
for _, name in ipairs{"os.time", "os.date", "os.getenv", "os.rename",
    "os.remove", "os.execute", "io.lines", "io.popen", "io.close", "io.read",
    "dofile", "loadfile", "require", "warn", "collectgarbage", "debug.sethook",
    "debug.setmetatable", "debug.getlocal", "debug.setlocal", "math.random",
    "math.randomseed", "package.loadlib"} do
  refused(name, {})
  refused(name, {}, true)
end
for _, name in ipairs{"os.time", "os.date", "os.rename", "io.popen", "io.close",
    "loadfile", "warn", "collectgarbage", "debug.getlocal", "debug.setlocal",
    "math.random", "math.randomseed", "package.loadlib"} do
  refused(name, "x", {})
  refused(name, 1, {}, {})
end
refused("os.exit", {})
refused("os.exit", "x")
for _, name in ipairs{"os.getenv", "os.rename", "os.remove", "require", "warn",
    "debug.setmetatable", "debug.getlocal", "debug.setlocal",
    "package.loadlib"} do
  refused(name)
  refused(name, nil)
  refused(name, nil, nil)
end
refused("os.time", {year = 2000})
refused("os.time", {year = 2000, month = 1})
refused("os.time", {year = 2000, month = 1, day = {}})
refused("os.time", {year = 2000, month = 1.5, day = 1})
refused("os.time", {year = 2^40, month = 1, day = 1})
refused("os.date", "%Ez")
refused("os.date", "%Q")
refused("os.date", "*t", 2^60)
for _, close in ipairs{file.close, io.close, getmetatable(file).__gc,
    getmetatable(file).__close, getmetatable(file).__tostring} do
  print(text((select(2, pcall(close, {})))))
  print(text((select(2, pcall(close, 1, 2)))))
end
print(text((select(2, pcall(file.close)))))
