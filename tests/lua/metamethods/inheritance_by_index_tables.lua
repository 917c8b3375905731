local Animal = {} Animal.__index = Animal
function Animal.new(name) return setmetatable({name = name}, Animal) end
function Animal:speak() return self.name .. " " .. self:sound() end
function Animal:sound() return "?" end
local Dog = setmetatable({}, {__index = Animal}) Dog.__index = Dog
function Dog.new(name) local d = Animal.new(name) return setmetatable(d, Dog) end
function Dog:sound() return "woof" end
print(Animal.new("a"):speak(), Dog.new("d"):speak()) -- expect: a ?	d woof
Dog.sound = function() return "bark" end
print(Dog.new("d"):speak()) -- expect: d bark
local d = Dog.new("x")
d.sound = function() return "own" end
print(d:speak()) -- expect: x own
d.sound = nil
print(d:speak()) -- expect: x bark
Animal.extra = function() return "late" end
print(d:extra()) -- expect: late
