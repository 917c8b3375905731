-- Coroutines, upvalues, weak tables and finalizers while the collector creeps;
-- debug.setlocal gives suspended coroutines that it has scanned new values. The
-- barriers build finds one that is lost.
local N = 60
local seed = 12345
local function rnd(n) seed = (seed * 1103515245 + 12345) % 2147483648; return (seed >> 8) % n + 1 end
local weakk = setmetatable({}, {__mode='k'})
local weakv = setmetatable({}, {__mode='v'})
local weakkv = setmetatable({}, {__mode='kv'})
local finalized, made = 0, 0
local keep, cos, fns = {}, {}, {}
local function obj(i)
  made = made + 1
  return setmetatable({i, tostring(i)..'x', {i}}, {__gc=function(o) finalized = finalized+1; assert(o[2]==tostring(o[1])..'x'); assert(o[3][1]==o[1]) end})
end
local function mkco(i)
  local up = {i}
  local co = coroutine.create(function(a)
    local x, y = {a}, {up}
    local function f() x = {x[1]+1}; return x[1] end
    local function g(v) y = v or y; return y end
    while true do
      local z = {f(), g}
      local w = function() return z[1] end
      a = coroutine.yield(f, g, w)
      g({{a}})
    end
  end)
  return co
end
local sum = 0
for i = 1, N do
  local k = rnd(40)
  keep[k] = obj(i)
  weakk[keep[k]] = {keep[k], 'v'..i}
  weakv['s'..k] = keep[k]
  weakkv[keep[k]] = keep[k][3]
  weakk[{}] = {i}
  if not cos[k] or rnd(4)==1 then cos[k] = mkco(i) end
  local ok, f, g, w = coroutine.resume(cos[k], i)
  assert(ok)
  fns[rnd(40)] = f; fns[rnd(40)] = w
  fns[rnd(40)] = function(...) return g({f()}) and w() end
  collectgarbage('step', rnd(3)-1)
  for j = 1, 40 do if fns[j] then local q, r = pcall(fns[j]); sum = (sum + (type(r)=='number' and r or 1)) % 1000003 end end
  if cos[k] and rnd(6)==1 then coroutine.close(cos[k]); cos[k]=nil end
  for kk, v in pairs(weakk) do if #kk > 0 then assert(v[1]==kk and v[2]=='v'..kk[1]) end end
  for kk, v in pairs(weakv) do assert(v[3][1]==v[1]) end
  for kk, v in pairs(weakkv) do assert(v[1]==kk[1]) end
  if rnd(5)==1 then -- upvaluejoin, setupvalue, setlocal, setuservalue
    local a, b = fns[rnd(40)], fns[rnd(40)]
    if a and b then debug.upvaluejoin(a,1,b,1) ; for q=1,40 do if fns[q]==a then fns[q]=nil end end end
    local c = cos[rnd(40)]
    if c and coroutine.status(c)=='suspended' then
      for l = 1, 10 do local n = debug.getlocal(c,1,l); if not n then break end
        if n=='x' then debug.setlocal(c,1,l,{i*1000}) end
        if n=='y' then debug.setlocal(c,1,l,{{i}}) end end
    end
  end
  if rnd(7)==1 then -- objects to dict, big arrays, shrinking
    local t = {}
    for q=1,rnd(300) do t['k'..q] = {q} ; t[q] = 'q'..q end
    local c = 0
    for q,v in pairs(t) do c = c + 1; if rnd(3)==1 then t[q]=nil end end
    keep['t'..rnd(5)] = t; sum = (sum + c) % 1000003

  end
  if rnd(9)==1 then
    local u = setmetatable({}, {__index=function(t,k2) return {k2} end, __close=function() sum = sum + 1 end})
    local w <close> = u
    sum = sum + w[3][1]
  end
  if rnd(11)==1 then
    local s = load("local a = ... ; local t = {x=a, y={a}, z='"..i.."'} return function() t.x = {a}; return t.z, t.x end")(i)
    fns[rnd(40)] = function() local z,x = s(); return x[1] end
  end
end
keep,cos,fns=nil; collectgarbage(); collectgarbage()
for i=1,3 do collectgarbage() end
weakv=nil
print(sum, made, made-finalized) -- expect: 609381	60	0
