print "never printed"
local x = = 1 -- expect error: syntax_errors_end_the_program_before_it_starts.lua:2: unexpected symbol near '='
