local parts = {}
for i = 1, 600 do parts[i] = i end
local t = load("return {" .. table.concat(parts, ",") .. "}")()
print(#t, t[1], t[50], t[51], t[256], t[512], t[600]) -- expect: 600	1	50	51	256	512	600
local keyed = {}
for i = 1, 300 do keyed[i] = ("k%d = %d"):format(i, i * 2) end
local k = load("return {" .. table.concat(keyed, ";") .. "}")()
local sum = 0
for _, v in pairs(k) do sum = sum + v end
print(k.k1, k.k300, sum) -- expect: 2	600	90300
local u = load("return {" .. ("1,"):rep(1000) .. "...}")(7, 8, 9)
print(#u, u[1001], u[1003]) -- expect: 1003	7	9
