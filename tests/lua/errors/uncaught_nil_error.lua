print "nil error" -- expect: nil error
error(nil)
-- expect error: (error object is a nil value)
