local function c(name)
  return setmetatable({}, {__close = function(v, e) print("close " .. name, e) end})
end
do
  local a <close> = c "a"
  local b <close> = c "b"
  local x = 1
  local d <close> = c "d"
  print "body" -- expect: body
  -- expect: close d	nil
  -- expect: close b	nil
  -- expect: close a	nil
end
print "after" -- expect: after
