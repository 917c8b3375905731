-- A line editor replaying a session: lines in a table, undo by closures,
-- search and replace, word wrapping.
-- quick: 300
-- peers: lua5.4 luajit

local N = tonumber((...)) or 8000

local seed = 555
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local Buffer = {}
Buffer.__index = Buffer

function Buffer.new()
  return setmetatable({ lines = {}, undone = {}, edits = 0 }, Buffer)
end

function Buffer:remember(undo)
  local stack = self.undone
  stack[#stack + 1] = undo
  self.edits = self.edits + 1
end

function Buffer:insert(at, text)
  table.insert(self.lines, at, text)
  self:remember(function() table.remove(self.lines, at) end)
end

function Buffer:delete(at)
  local text = table.remove(self.lines, at)
  self:remember(function() table.insert(self.lines, at, text) end)
end

function Buffer:replace(at, pattern, by)
  local before = self.lines[at]
  local after, count = before:gsub(pattern, by)
  if count > 0 then
    self.lines[at] = after
    self:remember(function() self.lines[at] = before end)
  end
  return count
end

function Buffer:undo()
  local action = table.remove(self.undone)
  if action then
    action()
  end
end

function Buffer:search(word)
  local hits = 0
  for _, line in ipairs(self.lines) do
    if line:find(word, 1, true) then
      hits = hits + 1
    end
  end
  return hits
end

function Buffer:wrap(width)
  local out, line = {}, ""
  for _, text in ipairs(self.lines) do
    for word in text:gmatch("%S+") do
      if #line + #word + 1 > width then
        out[#out + 1] = line
        line = word
      elseif line == "" then
        line = word
      else
        line = line .. " " .. word
      end
    end
  end
  out[#out + 1] = line
  return out
end

local WORDS = { "cut", "paste", "find", "mark", "scroll", "quit", "save", "open" }

local function sentence()
  local out = {}
  for i = 1, 4 + random(6) do
    out[i] = WORDS[random(#WORDS) + 1]
  end
  return table.concat(out, " ")
end

local buffer = Buffer.new()
for _ = 1, 120 do
  buffer:insert(#buffer.lines + 1, sentence())
end
local hits, replaced, wrapped = 0, 0, 0
for step = 1, N do
  local at = 1 + random(#buffer.lines)
  local action = random(10)
  if action < 3 then
    buffer:insert(at, sentence())
  elseif action < 5 and #buffer.lines > 60 then
    buffer:delete(at)
  elseif action < 7 then
    replaced = replaced + buffer:replace(at, "%f[%a]s(%a+)", "z%1")
  elseif action < 9 then
    buffer:undo()
  else
    hits = hits + buffer:search(WORDS[random(#WORDS) + 1])
  end
  if step % 15 == 0 then
    wrapped = wrapped + #buffer:wrap(40 + random(30))
  end
end
print(string.format("text_buffer %d %d %d %d %d", #buffer.lines, buffer.edits,
                    hits, replaced, wrapped))
