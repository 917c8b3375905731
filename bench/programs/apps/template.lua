-- A text template engine: templates compiled to lists of steps, filters,
-- loops, HTML escaping, rendered over records.
-- quick: 50
-- peers: lua5.4 luajit

local N = tonumber((...)) or 2700

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }

local filters = {
  escape = function(value) return (tostring(value):gsub("[&<>]", ENTITIES)) end,
  upper = function(value) return tostring(value):upper() end,
  money = function(value) return string.format("%.2f", value) end,
  title = function(value)
    return (tostring(value):gsub("(%a)(%w*)", function(first, rest)
      return first:upper() .. rest
    end))
  end,
}

local function lookup(context, path)
  local value = context
  for key in path:gmatch("[^.]+") do
    if type(value) ~= "table" then
      return ""
    end
    value = value[key]
  end
  return value == nil and "" or value
end

local function output(path, names)
  local chain = {}
  for name in names:gmatch("%a+") do
    chain[#chain + 1] = filters[name] or error("no filter " .. name)
  end
  return function(out, context)
    local value = lookup(context, path)
    for _, filter in ipairs(chain) do
      value = filter(value)
    end
    out[#out + 1] = tostring(value)
  end
end

local function literal(text)
  return function(out) out[#out + 1] = text end
end

local function each(name, path, body)
  return function(out, context)
    local inner = setmetatable({}, { __index = context })
    for index, item in ipairs(lookup(context, path)) do
      inner[name] = item
      inner.index = string.format("%d", index)
      for _, step in ipairs(body) do
        step(out, inner)
      end
    end
  end
end

-- {{path|filter|...}}, {% each name in path %}, {% end %}
local function compile(source)
  local steps, stack, at = {}, {}, 1
  while true do
    local from, to, kind = source:find("{([{%%])", at)
    if not from then
      steps[#steps + 1] = literal(source:sub(at))
      break
    end
    if from > at then
      steps[#steps + 1] = literal(source:sub(at, from - 1))
    end
    if kind == "{" then
      local stop = source:find("}}", to, true)
      local path, names = source:sub(to + 1, stop - 1):match("^([%w.]+)(.*)$")
      steps[#steps + 1] = output(path, names)
      at = stop + 2
    else
      local stop = source:find("%}", to, true)
      local tag = source:sub(to + 1, stop - 1)
      local name, path = tag:match("^%s*each%s+(%w+)%s+in%s+([%w.]+)%s*$")
      if name then
        stack[#stack + 1] = { steps = steps, name = name, path = path }
        steps = {}
      else
        local open = table.remove(stack)
        open.steps[#open.steps + 1] = each(open.name, open.path, steps)
        steps = open.steps
      end
      at = stop + 2
    end
  end
  return function(context)
    local out = {}
    for _, step in ipairs(steps) do
      step(out, context)
    end
    return table.concat(out)
  end
end

local PAGE = [[
<h1>{{title|escape|title}}</h1>
{% each section in sections %}<h2>{{index}}. {{section.name|upper}}</h2>
<ul>{% each item in section.items %}
  <li class="{{section.name}}">{{item.label|escape}}: {{item.price|money}}</li>
{% end %}</ul>
{% end %}<p>{{footer.text|escape}}{{missing.value}}</p>
]]

local function page(round)
  local sections = {}
  for s = 1, 4 do
    local items = {}
    for i = 1, 10 do
      items[i] = {
        label = "item <" .. i .. "> & more", price = (round * i + s) / 7,
      }
    end
    sections[s] = { name = "part" .. s, items = items }
  end
  return {
    title = "report number " .. round, sections = sections,
    footer = { text = "a < b & c > d" },
  }
end

local render = compile(PAGE)
local length, sum = 0, 0
for round = 1, N do
  local html = render(page(round))
  length = length + #html
  for i = 1, #html, 37 do
    sum = (sum * 31 + html:byte(i)) % 1000003
  end
end
print(string.format("template %d %d", length, sum))
