local function c(name)
  return setmetatable({}, {__close = function(_, e) print("close " .. name, e) end}) -- expect: close return	nil
end
local function ret() local x <close> = c "return" return "result", 2 end
print(ret()) -- expect: result	2
-- expect: close break	nil
-- expect: close goto	nil
-- expect: close error	msg
while true do local x <close> = c "break" break end
do local x <close> = c "goto" goto out end
::out::
print(pcall(function() local x <close> = c "error" error("msg", 0) end)) -- expect: false	msg
-- expect: close runtime	close_runs_on_every_way_out_of_a_block.lua:14: attempt to perform arithmetic on a nil value
print(pcall(function() local x <close> = c "runtime" return nil + 1 end)) -- expect: false	close_runs_on_every_way_out_of_a_block.lua:14: attempt to perform arithmetic on a nil value
-- expect: close inner1	nil
-- expect: close inner2	nil
-- expect: close outer	nil
local function nested()
  local a <close> = c "outer"
  for i = 1, 2 do
    local b <close> = c("inner" .. i)
    if i == 2 then return "from loop" end
  end
end
print(nested()) -- expect: from loop
