print "before" -- expect: before
local function inner() error("fatal problem") end -- expect error: uncaught_errors_end_the_program.lua:2: fatal problem
inner()
print "after"
