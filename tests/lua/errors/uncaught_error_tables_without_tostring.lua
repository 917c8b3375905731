print "table error" -- expect: table error
error({})
-- expect error: (error object is a table value)
