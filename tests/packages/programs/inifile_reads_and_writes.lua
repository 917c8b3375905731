local inifile = require "inifile"

local text = [[
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
collectgarbage() -- it leaves the file open
local lines = {}
for line in io.lines(name) do
  lines[#lines + 1] = line
end
table.sort(lines) -- fields are written in any order
print(table.concat(lines, "\n"))
local again = inifile.parse(name)
print(again.server.port, again.paths.extra)
os.remove(name)
print((select(2, pcall(inifile.parse, "/nowhere/at all.ini"))))
