print "before"
io.write("unflushed text")
os.exit(true)
print "after"
-- expect: before
-- expect: unflushed text
