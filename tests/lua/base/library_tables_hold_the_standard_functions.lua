local compat = {atan2 = 1, cosh = 1, frexp = 1, ldexp = 1, log10 = 1, pow = 1, sinh = 1, tanh = 1}
for _, lib in ipairs {"coroutine", "debug", "io", "math", "os", "package", "string", "table", "utf8"} do
  local names = {}
  for k in pairs(_G[lib]) do
    if not compat[k] then names[#names + 1] = k end
  end
  table.sort(names)
  print(lib, #names) -- expect: coroutine	8
  for i = 1, #names, 6 do print(table.concat(names, " ", i, math.min(i + 5, #names))) end -- expect: close create isyieldable resume running status
  -- expect: wrap yield
  -- expect: debug	17
  -- expect: debug gethook getinfo getlocal getmetatable getregistry
  -- expect: getupvalue getuservalue setcstacklimit sethook setlocal setmetatable
  -- expect: setupvalue setuservalue traceback upvalueid upvaluejoin
  -- expect: io	14
  -- expect: close flush input lines open output
  -- expect: popen read stderr stdin stdout tmpfile
  -- expect: type write
  -- expect: math	27
  -- expect: abs acos asin atan ceil cos
  -- expect: deg exp floor fmod huge log
  -- expect: max maxinteger min mininteger modf pi
  -- expect: rad random randomseed sin sqrt tan
  -- expect: tointeger type ult
  -- expect: os	11
  -- expect: clock date difftime execute exit getenv
  -- expect: remove rename setlocale time tmpname
  -- expect: package	8
  -- expect: config cpath loaded loadlib path preload
  -- expect: searchers searchpath
  -- expect: string	17
  -- expect: byte char dump find format gmatch
  -- expect: gsub len lower match pack packsize
  -- expect: rep reverse sub unpack upper
  -- expect: table	7
  -- expect: concat insert move pack remove sort
  -- expect: unpack
  -- expect: utf8	6
  -- expect: char charpattern codepoint codes len offset
end
