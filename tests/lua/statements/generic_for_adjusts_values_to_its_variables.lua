local done
local function it()
  if done then return nil end
  done = true
  return 1, 2, 3
end
for a in it do print(a) end -- expect: 1
done = false
for a, b, c, d in it do print(a, b, c, d) end -- expect: 1	2	3	nil
for a, b in next, {10} do print(a, b) end -- expect: 1	10
for k, v in pairs({x = 1}) do print(k, v) end -- expect: x	1
