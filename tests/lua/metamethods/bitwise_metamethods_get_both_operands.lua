local mt = {}
for _, name in ipairs {"band", "bor", "bxor", "shl", "shr", "bnot"} do
  mt["__" .. name] = function(a, b) return name .. ":" .. type(a) .. "," .. type(b) end
end
local t = setmetatable({}, mt)
print(t & 1, 1 & t, t | 1, 1 | t, t ~ 1, 1 ~ t) -- expect: band:table,number	band:number,table	bor:table,number	bor:number,table	bxor:table,number	bxor:number,table
print(t << 1, 1 << t, t >> 1, 1 >> t, ~t) -- expect: shl:table,number	shl:number,table	shr:table,number	shr:number,table	bnot:table,table
print(t & 1.5, "x" | t, t ~ nil, {} << t) -- expect: band:table,number	bor:string,table	bxor:table,nil	shl:table,table
print(1 << t, t << 300, 300 >> t, t & 0xFFFFFFFFFF) -- expect: shl:number,table	shl:table,number	shr:number,table	band:table,number
