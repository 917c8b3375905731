-- Word frequencies of a generated text: gmatch, a string-keyed table, a sort.
-- quick: 10000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 750000

local seed = 2024
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local SYLLABLES = {
  "ka", "lo", "mi", "ren", "su", "tor", "ve", "an", "di", "el", "fo", "gra",
}

local function vocabulary(size)
  local words, seen = {}, {}
  while #words < size do
    local word = ""
    for _ = 1, 1 + random(4) do
      word = word .. SYLLABLES[random(#SYLLABLES) + 1]
    end
    if not seen[word] then
      seen[word] = true
      words[#words + 1] = word
    end
  end
  return words
end

-- Text in lines of about 70 characters; low ranks are drawn more often.
local function compose(words, count)
  local lines, line, width = {}, {}, 0
  for i = 1, count do
    local rank = math.floor(random(#words) * random(#words) / #words) + 1
    local word = words[rank]
    if i % 9 == 1 then
      word = word:sub(1, 1):upper() .. word:sub(2)
    elseif i % 9 == 0 then
      word = word .. "."
    end
    line[#line + 1] = word
    width = width + #word + 1
    if width > 70 then
      lines[#lines + 1] = table.concat(line, " ")
      line, width = {}, 0
    end
  end
  lines[#lines + 1] = table.concat(line, " ")
  return lines
end

local function count_words(lines)
  local counts, total = {}, 0
  for _, line in ipairs(lines) do
    for word in line:gmatch("%a+") do
      word = word:lower()
      counts[word] = (counts[word] or 0) + 1
      total = total + 1
    end
  end
  return counts, total
end

local function ranking(counts)
  local list = {}
  for word, count in pairs(counts) do
    list[#list + 1] = { word = word, count = count }
  end
  table.sort(list, function(a, b)
    if a.count ~= b.count then
      return a.count > b.count
    end
    return a.word < b.word
  end)
  return list
end

local counts, total = count_words(compose(vocabulary(3000), N))
local ranked = ranking(counts)
local sum = 0
for place, entry in ipairs(ranked) do
  sum = (sum * 31 + place * entry.count + #entry.word) % 1000003
end
print(string.format("word_count %d %d %s=%d %s=%d %d", total, #ranked,
                    ranked[1].word, ranked[1].count, ranked[2].word,
                    ranked[2].count, sum))
