-- Reads CSV text into records, filters, groups, joins and prints totals.
-- quick: 1500
-- peers: lua5.4 luajit

local N = tonumber((...)) or 60000

local seed = 1999
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local REGIONS = { "north", "south", "east", "west" }
local PRODUCTS = { "bolt", "nut", "gear, small", "gear, large", 'pipe 3"' }

local function field(text)
  if text:find('[,"]') then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

local function make_csv(rows)
  local lines = { "id,region,product,units,price" }
  for i = 1, rows do
    lines[i + 1] = table.concat({
      i, REGIONS[random(4) + 1], field(PRODUCTS[random(5) + 1]),
      random(40) + 1, string.format("%.2f", random(9000) / 100 + 1),
    }, ",")
  end
  return table.concat(lines, "\n") .. "\n"
end

local function split(line)
  local fields, at = {}, 1
  repeat
    if line:byte(at) == 34 then
      local text, stop = "", nil
      repeat
        local piece
        piece, stop = line:match('^"([^"]*)"()', at)
        text = text .. (text ~= "" and '"' or "") .. piece
        at = stop
      until line:byte(at) ~= 34
      fields[#fields + 1] = text
      at = at + 1
    else
      local text, stop = line:match("^([^,]*),?()", at)
      fields[#fields + 1] = text
      at = stop
    end
  until at > #line
  return fields
end

local function read_csv(text)
  local records, header = {}, nil
  for line in text:gmatch("[^\n]+") do
    local fields = split(line)
    if not header then
      header = fields
    else
      local record = {}
      for i, name in ipairs(header) do
        record[name] = tonumber(fields[i]) or fields[i]
      end
      records[#records + 1] = record
    end
  end
  return records
end

local function group_by(records, key)
  local groups, order = {}, {}
  for _, record in ipairs(records) do
    local name = key(record)
    local group = groups[name]
    if not group then
      group = { name = name, records = {} }
      groups[name] = group
      order[#order + 1] = group
    end
    group.records[#group.records + 1] = record
  end
  table.sort(order, function(a, b) return a.name < b.name end)
  return order
end

local function summary(records)
  local units, value, largest = 0, 0, nil
  for _, r in ipairs(records) do
    units = units + r.units
    value = value + r.units * r.price
    if not largest or r.units * r.price > largest.units * largest.price then
      largest = r
    end
  end
  return units, value, largest
end

local records = read_csv(make_csv(N))
local report = {}
for _, region in ipairs(group_by(records, function(r) return r.region end)) do
  local units, value, largest = summary(region.records)
  report[#report + 1] = string.format("%s %d %.2f #%d", region.name, units,
                                      value, largest.id)
  local by_product = group_by(region.records, function(r) return r.product end)
  for _, product in ipairs(by_product) do
    report[#report + 1] = string.format("%s %.2f", product.name,
                                        select(2, summary(product.records)))
  end
end
table.sort(records, function(a, b)
  local x, y = a.units * a.price, b.units * b.price
  if x ~= y then
    return x > y
  end
  return a.id < b.id
end)
local sum = 0
for place, record in ipairs(records) do
  sum = (sum * 31 + place + record.id) % 1000003
end
print(string.format("csv_report %d %d %s", #records, sum,
                    table.concat(report, "; ", 1, 3)))
