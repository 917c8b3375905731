-- say is what luassert looks its messages up with.
local say = require "say"
local assert = require "luassert"
local spy = require "luassert.spy"
local stub = require "luassert.stub"
local match = require "luassert.match"

local function try(f, ...)
  local ok, message = pcall(f, ...)
  message = type(message) == "table" and message.message or message
  print(ok, (tostring(message):gsub("0x%x+", "0x"):gsub("^.-:%d+: ", "")))
end

try(assert.are.equal, 1, 1)
try(assert.are.equal, 1, 2)
try(assert.are.same, { 1, { a = "x" } }, { 1, { a = "x" } })
try(assert.are.same, { 1, { a = "x" } }, { 1, { a = "y" } })
try(assert.is_not.equal, "a", "a")
try(assert.is_true, 1)
try(assert.is_nil, false)
try(assert.has_error, function() error("boom", 0) end, "boom")
try(assert.has_error, function() error("boom", 0) end, "bang")
try(assert.has_no.errors, function() error({ 1 }) end)
try(assert.is.near, 1.0, 1.05, 0.01)
try(assert.matches, "^%d+$", "12a")
try(assert.is_string, 12)
try(assert.returned_arguments, 2, 1)

local s = spy.new(function(a, b) return a + b end)
print(s(1, 2), s(3, 4))
try(assert.spy(s).was.called, 2)
try(assert.spy(s).was.called, 3)
try(assert.spy(s).was.called_with, 3, match.is_number())
try(assert.spy(s).was.called_with, 5, 6)
local object = { greet = function() return "hello" end }
stub(object, "greet").returns("stubbed")
print(object.greet())
object.greet:revert()
print(object.greet())

say:set("assertion.even.positive", "Expected %s to be even")
assert:register("assertion", "even", function(_, arguments)
  return arguments[1] % 2 == 0
end, "assertion.even.positive")
try(assert.is_even, 4)
try(assert.is_even, 5)
print(say("assertion.even.positive", { "7" }))
