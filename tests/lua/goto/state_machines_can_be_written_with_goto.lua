local input, pos, out = "aabca", 0, {}
local c
::start::
pos = pos + 1
c = input:sub(pos, pos)
if c == "a" then goto state_a elseif c == "b" then goto state_b
elseif c == "" then goto finish else goto other end
::state_a:: out[#out + 1] = "A" goto start
::state_b:: out[#out + 1] = "B" goto start
::other:: out[#out + 1] = "?" goto start
::finish::
print(table.concat(out)) -- expect: AAB?A
