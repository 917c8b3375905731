--[[ a
comment ]] print(1) -- expect: 1
--[==[ holds ]] and ]=] and
-- more
]==] print(2) -- expect: 2
print(3 --[[inside]] + --[=[ an ]] expression ]=] 4) -- expect: 7
print(load("--[[ never closed")) -- expect: nil	[string "--[[ never closed"]:1: unfinished long comment (starting at line 1) near <eof>
print(load("--[==[ never ]=] closed\n\n")) -- expect: nil	[string "--[==[ never ]=] closed..."]:3: unfinished long comment (starting at line 1) near <eof>
