-- Lengths around whole words of 8 bytes; only ASCII letters change.
local wrong = 0
local text = ("aZ{`@[zA\200\255mN0"):rep(4)
for n = 0, #text do
  local s = text:sub(-n - 1, -2)
  local up, low = {}, {}
  for i = 1, #s do
    local c = s:byte(i)
    up[i] = string.char(c >= 97 and c <= 122 and c - 32 or c)
    low[i] = string.char(c >= 65 and c <= 90 and c + 32 or c)
  end
  if s:upper() ~= table.concat(up) or s:lower() ~= table.concat(low) then
    wrong = wrong + 1
  end
end
print(wrong) -- expect: 0
print(("abcdefgh"):upper(), ("abcdefghi"):upper(), ("ABCDEFG"):lower()) -- expect: ABCDEFGH	ABCDEFGHI	abcdefg
