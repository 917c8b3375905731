-- Sudoku by constraint propagation and search on the fewest candidates.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 28

local PUZZLES = {
  "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
  "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
  "1....7.9..3..2...8..96..5....53..9...1..8...26....4...3......1..4......7..7...3..",
}

-- peers[cell] lists the 20 cells that share a row, a column or a box with it.
local peers, units = {}, {}
for index = 0, 8 do
  local row, column, box = {}, {}, {}
  local box_row, box_column = index - index % 3, index % 3 * 3
  for i = 0, 8 do
    row[i + 1] = index * 9 + i + 1
    column[i + 1] = i * 9 + index + 1
    box[i + 1] = (box_row + (i - i % 3) / 3) * 9 + box_column + i % 3 + 1
  end
  units[#units + 1] = row
  units[#units + 1] = column
  units[#units + 1] = box
end
for cell = 1, 81 do
  local list, seen = {}, { [cell] = true }
  for _, unit in ipairs(units) do
    local member = false
    for _, other in ipairs(unit) do
      member = member or other == cell
    end
    for _, other in ipairs(unit) do
      if member and not seen[other] then
        seen[other] = true
        list[#list + 1] = other
      end
    end
  end
  peers[cell] = list
end

local assign

-- Removes `digit` from a cell; a cell left with one digit is assigned it.
local function eliminate(board, cell, digit)
  local options = board[cell]
  if not options[digit] then
    return true
  end
  options[digit] = false
  options.count = options.count - 1
  if options.count == 0 then
    return false
  elseif options.count == 1 then
    for last = 1, 9 do
      if options[last] then
        for _, peer in ipairs(peers[cell]) do
          if not eliminate(board, peer, last) then
            return false
          end
        end
        break
      end
    end
  end
  return true
end

function assign(board, cell, digit)
  local options = board[cell]
  for other = 1, 9 do
    if other ~= digit and options[other]
       and not eliminate(board, cell, other) then
      return false
    end
  end
  return options[digit]
end

local function fresh()
  local board = {}
  for cell = 1, 81 do
    board[cell] = {
      true, true, true, true, true, true, true, true, true, count = 9,
    }
  end
  return board
end

local function copy(board)
  local twin = {}
  for cell, o in ipairs(board) do
    twin[cell] = {
      o[1], o[2], o[3], o[4], o[5], o[6], o[7], o[8], o[9], count = o.count,
    }
  end
  return twin
end

local nodes = 0

local function search(board)
  nodes = nodes + 1
  local best, fewest = nil, 10
  for cell = 1, 81 do
    local count = board[cell].count
    if count > 1 and count < fewest then
      best, fewest = cell, count
    end
  end
  if not best then
    return board
  end
  for digit = 1, 9 do
    if board[best][digit] then
      local attempt = copy(board)
      if assign(attempt, best, digit) then
        local solved = search(attempt)
        if solved then
          return solved
        end
      end
    end
  end
  return nil
end

local function solve(puzzle)
  local board, cell = fresh(), 0
  for c in puzzle:gmatch(".") do
    cell = cell + 1
    if c ~= "." and not assign(board, cell, tonumber(c)) then
      return nil
    end
  end
  return search(board)
end

local function digits(board)
  local out = {}
  for cell, options in ipairs(board) do
    for digit = 1, 9 do
      if options[digit] then
        out[cell] = digit
      end
    end
  end
  return table.concat(out)
end

local sum = 0
for round = 1, N do
  local puzzle = PUZZLES[(round - 1) % #PUZZLES + 1]
  local answer = digits(assert(solve(puzzle), "no solution"))
  for digit in answer:gmatch("%d") do
    sum = (sum * 31 + tonumber(digit)) % 1000003
  end
end
print(string.format("sudoku %d %d", nodes, sum))
