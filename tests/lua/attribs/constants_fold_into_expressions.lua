local K <const> = 10
local S <const> = "str"
local N <const> = nil
local B <const> = true
local F <const> = 1.5
print(K + 1, K * K, -K, K .. S, #S, N, B, not B, F + K) -- expect: 11	100	-10	10str	3	nil	true	false	11.5
local function inner() return K, S, N, B, F end
print(inner()) -- expect: 10	str	nil	true	1.5
local t = {[K] = S, [S] = K}
print(t[10], t.str) -- expect: str	10
if B then print("true branch") end -- expect: true branch
if N then print("no") else print("nil branch") end -- expect: nil branch
while N do end
print(K == 10, K < 5, S == "str", K and S, N or F) -- expect: true	false	true	str	1.5
