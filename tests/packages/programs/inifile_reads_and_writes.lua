local inifile = require "inifile"

local text = [[
; a comment
first=1
[server]
host=example.org
port=8080
secure=true
ratio=0.25
name=a b c
; about paths
[paths]
home=/home/weft
empty=
]]
local name = os.tmpname()
local f = assert(io.open(name, "w"))
f:write(text)
f:close()

local ini = inifile.parse(name)
print(ini.server.host, ini.server.port, math.type(ini.server.port))
print(ini.server.secure, ini.server.ratio, ini.server.name)
print(ini.paths.home, ini.paths.empty)
ini.server.port = 9090
ini.paths.extra = "new"
inifile.save(name, ini)
for line in io.lines(name) do
  print(line)
end
local again = inifile.parse(name)
print(again.server.port, again.paths.extra)
print(inifile.parse("[a]\nb=c\n", "memory").a.b)
os.remove(name)
print(pcall(inifile.parse, "/nowhere/at all.ini"))
