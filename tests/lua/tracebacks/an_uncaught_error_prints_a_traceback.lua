local lib = {}
function lib.parse(s) return lib.check(s) + 1 end
function lib.check(s) if not s then error("no input") end return 1 end -- expect error: an_uncaught_error_prints_a_traceback.lua:3: no input
local function main() local r = lib.parse() return r end
print "running" -- expect: running
main()
