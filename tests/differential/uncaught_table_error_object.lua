print("raising a table with a field")
local function fail() error({code = 3, __tostring = "not a metamethod"}) end
fail()
