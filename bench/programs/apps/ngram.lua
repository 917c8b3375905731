-- A character Markov model: learn trigram counts, generate text, score it.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 32

local ORDER = 3

local seed = 77
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local NOUNS = { "river", "stone", "bird", "house", "winter", "road", "lamp" }
local VERBS = { "finds", "keeps", "follows", "forgets", "carries", "meets" }
local KINDS = { "old", "quiet", "narrow", "bright", "distant" }

local function pick(list) return list[random(#list) + 1] end

local function corpus(sentences)
  local out = {}
  for i = 1, sentences do
    out[i] = string.format("the %s %s %s the %s %s.", pick(KINDS), pick(NOUNS),
                           pick(VERBS), pick(KINDS), pick(NOUNS))
  end
  return table.concat(out, " ")
end

local function learn(text)
  local model = {}
  for i = 1, #text - ORDER do
    local context = text:sub(i, i + ORDER - 1)
    local follower = text:sub(i + ORDER, i + ORDER)
    local entry = model[context]
    if not entry then
      entry = { total = 0, counts = {}, order = {} }
      model[context] = entry
    end
    if not entry.counts[follower] then
      entry.counts[follower] = 0
      entry.order[#entry.order + 1] = follower
    end
    entry.counts[follower] = entry.counts[follower] + 1
    entry.total = entry.total + 1
  end
  return model
end

local function generate(model, start, length)
  local out, context = { start }, start
  for i = 2, length do
    local entry = model[context]
    if not entry then
      break
    end
    local left = random(entry.total)
    for _, follower in ipairs(entry.order) do
      left = left - entry.counts[follower]
      if left < 0 then
        out[i] = follower
        context = context:sub(2) .. follower
        break
      end
    end
  end
  return table.concat(out)
end

local function score(model, text)
  local sum = 0
  for i = 1, #text - ORDER do
    local entry = model[text:sub(i, i + ORDER - 1)]
    local count = entry and entry.counts[text:sub(i + ORDER, i + ORDER)]
    if count then
      sum = sum + count / entry.total
    end
  end
  return sum / #text
end

local sum, quality, distinct = 0, 0.0, 0
for _ = 1, N do
  local model = learn(corpus(900))
  local text = generate(model, "the", 20000)
  quality = quality + score(model, text)
  for i = 1, #text, 11 do
    sum = (sum * 31 + text:byte(i)) % 1000003
  end
  local bag = {}
  for word in text:gmatch("%a+") do
    if not bag[word] then
      bag[word] = true
      distinct = distinct + 1
    end
  end
end
print(string.format("ngram %d %.9f %d", sum, quality, distinct))
