local print, pcall = print, pcall
local f = load("return x", "=f", "t", nil)
print(pcall(f)) -- expect: false	f:1: attempt to index a nil value (upvalue '_ENV')
local g = load("x = 1", "=g", "t", nil)
print(pcall(g)) -- expect: false	g:1: attempt to index a nil value (upvalue '_ENV')
local function h()
  local _ENV = nil
  return y
end
print(pcall(h)) -- expect: false	indexing_a_nil_env_is_an_error_about_the_upvalue.lua:8: attempt to index a nil value (local '_ENV')
local function k()
  local _ENV = 5
  z = 1
end
print(pcall(k)) -- expect: false	indexing_a_nil_env_is_an_error_about_the_upvalue.lua:13: attempt to index a number value (local '_ENV')
