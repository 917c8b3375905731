local function c(name, err)
  return setmetatable({}, {__close = function(_, e)
    print("close " .. name, e) -- expect: close d	first
    -- expect: close b	error d
    -- expect: close a	error b
    if err then error(err, 0) end
  end})
end
print(pcall(function() -- expect: false	error b
-- expect: close b2	nil
-- expect: close a2	error b2
  local a <close> = c("a")
  local b <close> = c("b", "error b")
  local d <close> = c("d", "error d")
  error("first", 0)
end))
print(pcall(function() -- expect: false	error b2
-- expect: close block	nil
  local a <close> = c("a2")
  local b <close> = c("b2", "error b2")
  return "lost"
end))
print(pcall(function() -- expect: false	block error
  do local x <close> = c("block", "block error") end
  print("not reached")
end))
