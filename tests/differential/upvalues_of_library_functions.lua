-- nups, getupvalue, upvalueid, setupvalue and upvaluejoin of all natives.
local libs = {"_G","string","table","math","os","io","coroutine","utf8","debug","package"}
local function try(f, ...) local r = table.pack(pcall(f, ...)) for i=1,r.n do r[i] = (type(r[i])=="function" or type(r[i])=="table" or type(r[i])=="userdata" or type(r[i])=="thread") and type(r[i]) or tostring(r[i]) end return table.concat(r, " ") end
for _, l in ipairs(libs) do
  local names = {}
  for k, v in pairs(package.loaded[l]) do if type(v)=="function" then names[#names+1]=k end end
  table.sort(names)
  for _, n in ipairs(names) do
    local f = package.loaded[l][n]
    local i = debug.getinfo(f, "u")
    io.write(l,".",n," ",i.nups," ",i.nparams," ",tostring(i.isvararg))
    for _, u in ipairs{-1,0,1,2,3,256,"1"} do io.write(" | ", try(debug.getupvalue, f, u)) end
    io.write("  id:") for _, u in ipairs{0,1,2,3} do io.write(" | ", (try(debug.upvalueid, f, u))) end
    io.write("\n")
  end
end
local function rest(n, f) 
    local i = debug.getinfo(f, "u") print(n, i.nups) 
    for u=-1,4 do print(u, try(debug.getupvalue, f, u)) print((try(debug.upvalueid, f, u))) end
end
rest("gmatch", string.gmatch("a","a"))
rest("wrap", coroutine.wrap(print))
rest("lines", io.lines("/dev/null"))
rest("lines2", io.lines("/dev/null", "n", 3))
rest("flines", io.stdin:lines("L", 2))
rest("ipairs", (ipairs{}))
rest("codes", (utf8.codes""))
for i, s in ipairs(package.searchers) do rest("searcher"..i, s) end
for _, n in ipairs{"close","flush","read","seek","setvbuf","write","lines"} do rest("f:"..n, io.stdin[n]) end
local m = getmetatable(io.stdin) for _, n in ipairs{"__gc","__close","__tostring"} do rest("file "..n, m[n]) end
local m = getmetatable("") local ks={} for k in pairs(m) do ks[#ks+1]=k end table.sort(ks) for _, n in ipairs(ks) do if type(m[n])=="function" then rest("str "..n, m[n]) end end
local f = function() return print end
print(try(debug.setupvalue, type, 1, 2))
print(try(debug.setupvalue, type, "1", 2))
print(try(debug.setupvalue, type, 1))
print(try(debug.setupvalue, type, 0, 1))
print(try(debug.upvaluejoin, type, 1, f, 1))
print(try(debug.upvaluejoin, f, 1, type, 1))
print(try(debug.upvaluejoin, f, 1, string.gmatch("a","a"), 1))
print(try(debug.upvaluejoin, f, 2, f, 1))
print(try(debug.upvaluejoin, f, 1, f, 2))
print(try(debug.upvaluejoin, 1, 1, f, 2))
print(try(debug.upvaluejoin, f, 1, 1, 2))
print(try(debug.upvaluejoin, f, 1, f))
print(try(debug.upvaluejoin, f, "x", f, 1))
print(try(debug.upvaluejoin, f, 1, f, "x"))
print(try(debug.upvaluejoin, f))
print(try(debug.upvaluejoin))
print(try(debug.upvalueid, f)) print(try(debug.upvalueid)) print(try(debug.upvalueid, f, "x")) print(try(debug.upvalueid, 1, 1))
print(try(debug.getupvalue, f)) print(try(debug.getupvalue)) print(try(debug.getupvalue, f, "x")) print(try(debug.getupvalue, 1, 1))
print(try(debug.setupvalue, f)) print(try(debug.setupvalue)) print(try(debug.setupvalue, f, "x")) print(try(debug.setupvalue, 1, 1)) print(try(debug.setupvalue, 1, 1, 1)) print(try(debug.setupvalue, f, 1)) print(try(debug.setupvalue, f, 3, 1))
print(try(debug.getupvalue, f, 1)) print(try(debug.getupvalue, f, 2)) print(try(debug.getupvalue, f, 2^31)) print(try(debug.getupvalue, f, math.maxinteger)) print(try(debug.getupvalue, f, 1.5))
print(try(debug.upvalueid, f, 2^40)) print(try(debug.upvalueid, f, 1.5))
local g = load(string.dump(f, true)) print(try(debug.getupvalue, g, 1)) print(try(debug.setupvalue, g, 1, _ENV)) print(try(debug.getupvalue, g, 1))
