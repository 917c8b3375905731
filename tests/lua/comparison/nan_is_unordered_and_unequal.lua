local nan = 0/0
print(nan == nan, nan ~= nan, nan < nan, nan <= nan, nan > nan, nan >= nan) -- expect: false	true	false	false	false	false
print(nan == 1, nan < 1, nan > 1, nan <= math.maxinteger, math.mininteger <= nan) -- expect: false	false	false	false	false
print(1 < nan, 1 <= nan, 1 > nan, 1 >= nan) -- expect: false	false	false	false
print(not (nan < 1), not (nan >= 1), rawequal(nan, nan)) -- expect: true	true	false
if nan < 1 then print "less" elseif nan >= 1 then print "greater" else print "neither" end -- expect: neither
if not (nan < 1) then print "not less" end -- expect: not less
while nan <= 0 do print "never" end
