local log
local mt = {}
for _, name in ipairs {"add", "sub", "mul", "div", "mod", "pow", "idiv", "unm"} do
  mt["__" .. name] = function(a, b)
    log = name .. ":" .. type(a) .. "," .. type(b)
    return log
  end
end
local t = setmetatable({}, mt)
print(t + 1, 1 + t, t - 1, 1 - t) -- expect: add:table,number	add:number,table	sub:table,number	sub:number,table
print(t * 2, 2.5 * t, t / 1, 1 / t) -- expect: mul:table,number	mul:number,table	div:table,number	div:number,table
print(t % 2, 2 % t, t ^ 2, 2 ^ t) -- expect: mod:table,number	mod:number,table	pow:table,number	pow:number,table
print(t // 2, 2 // t, -t, t + t) -- expect: idiv:table,number	idiv:number,table	unm:table,table	add:table,table
print(t + "x", "x" + t, t + nil, nil + t, "10" * t) -- expect: add:table,string	add:string,table	add:table,nil	add:nil,table	mul:string,table
