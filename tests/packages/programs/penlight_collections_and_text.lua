-- pl.path, pl.dir, pl.app need lfs, a C module; the rest is here.
local List = require "pl.List"
local OrderedMap = require "pl.OrderedMap"
local Set = require "pl.Set"
local class = require "pl.class"
local pretty = require "pl.pretty"
local seq = require "pl.seq"
local stringx = require "pl.stringx"
local tablex = require "pl.tablex"

local list = List { 5, 3, 8, 1 }
print(list:sorted(), list:map("*", 2), list:filter(function(x) return x > 2 end))
print(list:slice(2, 3), list:reduce("+"), list:index(8), list:contains(9))
print(List.range(1, 10):partition(function(x) return x % 3 end)[2])
print(list .. List { 1 }, list == List { 5, 3, 8, 1 }, #list)

local map = OrderedMap { { z = 1 }, { a = 2 } }
map:set("m", 3)
for k, v in map:iter() do
  print(k, v)
end
local set = Set { 1, 2, 3 }
print(set * Set { 2, 3, 4 } == Set { 2, 3 }, #(set + Set { 9 }), set < Set { 1, 2 })

class.Animal()
function Animal:_init(name) self.name = name end
function Animal:__tostring() return self.name .. ": " .. self:speak() end
class.Dog(Animal)
function Dog:speak() return "bark" end
class.Cat(Animal)
function Cat:_init(name, colour)
  self:super(name)
  self.colour = colour
end
function Cat:speak() return "meow" end
local felix = Cat("Felix", "black")
print(Dog "Rex", felix, felix.colour, felix:is_a(Animal), Dog:class_of(felix))

print(pretty.write({ 1, 2, { a = 1 }, "x\n" }))
print(pretty.write({ 1, { 2, 3 } }, ""))
print(tablex.deepcompare(pretty.read("{1, {2, x = 'y'}}"), { 1, { 2, x = "y" } }))
print(pretty.read("{1, "))
print(pretty.number(123456789, "N"), pretty.number(1500000, "M"))

print(stringx.split("a,b,,c", ","), stringx.strip("  x "), stringx.title("ab cd"))
print(stringx.partition("k=v=w", "="))
print(stringx.center("x", 9, "-"), stringx.count("banana", "an"))
print(stringx.lfind("abcabc", "c", 4), stringx.rfind("abcabc", "c"))
print(("%s|"):rep(3):format(stringx.expandtabs("a\tb", 4), stringx.shorten(
  "a long sentence", 8), stringx.replace("aaa", "a", "b", 2)))
print(stringx.splitlines("one\ntwo\r\nthree"):map(string.upper))
print(stringx.dedent("  a\n    b\n  c"))

print(seq.sum(seq.range(1, 100)))
print(List(seq.copy(seq.map(function(x) return x + 1 end, list))))
