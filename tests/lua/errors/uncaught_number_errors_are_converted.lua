print "number error" -- expect: number error
error(42, 0)
-- expect error: 42
