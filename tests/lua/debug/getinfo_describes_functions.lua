local function f(a, b, ...) local x = a return x, b end
local i = debug.getinfo(f, "Su")
print(i.what, i.short_src, i.source, i.linedefined, i.lastlinedefined) -- expect: Lua	getinfo_describes_functions.lua	@getinfo_describes_functions.lua	1	1
print(i.nups, i.nparams, i.isvararg) -- expect: 0	2	true
i = debug.getinfo(print)
print(i.what, i.short_src, i.source, i.currentline, i.linedefined, i.lastlinedefined) -- expect: C	[C]	=[C]	-1	-1	-1
print(i.nups, i.nparams, i.isvararg, i.func == print, i.name) -- expect: 0	0	true	true	nil
i = debug.getinfo(1)
print(i.what, i.currentline, i.namewhat, i.name, i.istailcall) -- expect: main	8		nil	false
i = debug.getinfo(load("\n\nreturn 1", "=chunk"), "S")
print(i.what, i.source, i.short_src, i.linedefined, i.lastlinedefined) -- expect: main	=chunk	chunk	0	0
local keys = {}
for k in pairs(debug.getinfo(1, "nSltufrL")) do keys[#keys + 1] = k end
table.sort(keys)
print(table.concat(keys, " ")) -- expect: activelines currentline ftransfer func istailcall isvararg lastlinedefined linedefined namewhat nparams ntransfer nups short_src source what
