-- LZW compression and expansion with dictionaries keyed by strings.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 48

local MAX_CODES = 4096

local function compress(text)
  local codes, count = {}, 256
  for i = 0, 255 do
    codes[string.char(i)] = i
  end
  local out, prefix = {}, ""
  for i = 1, #text do
    local c = text:sub(i, i)
    local longer = prefix .. c
    if codes[longer] then
      prefix = longer
    else
      out[#out + 1] = codes[prefix]
      if count < MAX_CODES then
        codes[longer] = count
        count = count + 1
      end
      prefix = c
    end
  end
  if prefix ~= "" then
    out[#out + 1] = codes[prefix]
  end
  return out
end

local function expand(codes)
  local strings, count = {}, 256
  for i = 0, 255 do
    strings[i] = string.char(i)
  end
  local previous = strings[codes[1]]
  local out = { previous }
  for i = 2, #codes do
    local entry = strings[codes[i]]
    if not entry then
      entry = previous .. previous:sub(1, 1)
    end
    out[#out + 1] = entry
    if count < MAX_CODES then
      strings[count] = previous .. entry:sub(1, 1)
      count = count + 1
    end
    previous = entry
  end
  return table.concat(out)
end

local WORDS = {
  "warp", "weft", "loom", "shuttle", "thread", "heddle", "reed", "bobbin",
  "selvage", "pick", "shed", "batten",
}

local function sample(length, seed)
  local parts = {}
  for i = 1, length do
    seed = (seed * 16807) % 2147483647
    parts[i] = WORDS[seed % #WORDS + 1] .. (seed % 11 == 0 and ". " or " ")
  end
  return table.concat(parts)
end

local total, sum = 0, 0
for round = 1, N do
  local text = sample(8000, round + 10)
  local codes = compress(text)
  assert(expand(codes) == text, "expansion differs")
  total = total + #codes
  for i = 1, #codes, 13 do
    sum = (sum * 31 + codes[i]) % 1000003
  end
end
print(string.format("lzw %d %d", total, sum))
