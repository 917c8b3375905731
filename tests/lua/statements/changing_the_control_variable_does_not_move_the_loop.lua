local function iter(s, c) if c < 3 then return c + 1 end end
for i in iter, nil, 0 do
  local seen = i
  i = 100
  print(seen, i) -- expect: 1	100
  -- expect: 2	100
  -- expect: 3	100
end
