local Date = require "pl.Date"
local List = require "pl.List"
local array2d = require "pl.array2d"
local comprehension = require("pl.comprehension").new()
local config = require "pl.config"
local data = require "pl.data"
local func = require "pl.func"
local lapp = require "pl.lapp"
local lexer = require "pl.lexer"
local permute = require "pl.permute"
local sip = require "pl.sip"
local stringio = require "pl.stringio"
local template = require "pl.template"
local xml = require "pl.xml"

for token, value in lexer.lua("local x = f(1.5, 'a\\n') -- end\n[[long]] .. y") do
  io.write(token, ":", tostring(value), " ")
end
print()

print(template.substitute([[
# for i, name in ipairs(names) do
  $(i): $(name:upper())
# end
total $(#names)]], { names = { "one", "two" }, ipairs = ipairs }))
print(template.substitute("$(x.y)", { x = nil }))

local doc = xml.parse [[<?xml version="1.0"?>
<root a="1"><item id='x'>text &amp; more</item><empty/><!-- c --></root>]]
print(doc, doc.tag, doc.attr.a, doc[1][1], #doc)
print(doc:child_with_name("item").attr.id)
print(xml.tostring(doc, "", "  "))
print(xml.elem("a", { href = "h", xml.elem("b", "bold") }))
print(pcall(xml.parse, "<a><b></a>"))

print(List(comprehension "x^2 for x=1,6 if x % 2 == 0" ()))
print(comprehension "sum(x * y for x for y if x ~= y)"({ 1, 2, 3 }, { 3, 4 }))

local rows = data.read(stringio.open "name,age\nann,31\nbob,27\n")
print(List(rows.fieldnames), rows[1][1], rows[2][2] + 1)
for name, age in rows:select "name,age where age > 30 sort by name" do
  print(name, age)
end

local settings = config.read(stringio.open [[
# comment
[net]
port = 80
hosts = a, b, c
[log]
level = info]])
print(settings.net.port, settings.net.hosts[3], settings.log.level)

local found = {}
print(sip.match("$v{name} = $d{value}", "answer = 42", found), found.name, found.value)

local options = lapp [[
Tests lapp.
  -v,--verbose          says more
  -n,--number (default 5)  a number
  -o (string default out)  output
]]
print(options.verbose, options.number, options.o)

local m = array2d.new(2, 3, 0)
m[1][2] = 7
array2d.write(m)
print(List(array2d.flatten(array2d.map("+", m, 1))), array2d.column(m, 2)[1])
for p in permute.iter({ 1, 2, 3 }) do
  io.write(table.concat(p), " ")
end
print()
local _1, _2 = func._1, func._2
print(func.I(_1 + 2 * _2)(3, 4), tostring(_1 .. "x"))
local day = Date { year = 2024, month = 2, day = 28, hour = 12 }
print(day:add({ day = 2 }):month(), day:last_day():day(), day:weekday_name())
print(Date.Format("yyyy-mm-dd"):tostring(day))
