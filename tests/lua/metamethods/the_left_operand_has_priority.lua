local function mk(name)
  return setmetatable({}, {
    __add = function() return name .. " add" end,
    __lt = function() return name end,
    __concat = function() return name .. " concat" end,
    __eq = function() print(name .. " eq") return true end,
  })
end
local a, b = mk "a", mk "b"
print(a + b, b + a, a + 1, 1 + b) -- expect: a add	b add	a add	b add
print(a .. b, b .. a, "x" .. a, b .. "y") -- expect: a concat	b concat	a concat	b concat
-- expect: a eq
-- expect: b eq
-- expect: a eq
print(a == b, b == a, a ~= b) -- expect: true	true	false
print(a == 1, a == a) -- expect: false	true
-- expect: a eq
-- expect: a eq
local plain = {}
print(plain == a, a == plain, plain + a, a + plain) -- expect: true	true	a add	a add
