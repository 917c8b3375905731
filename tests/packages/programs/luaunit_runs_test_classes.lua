local lu = require "luaunit"

TestNumbers = {}
function TestNumbers:setUp() self.x = 10 end
function TestNumbers:tearDown() print("tear down") end
function TestNumbers:test1_add() lu.assertEquals(self.x + 1, 11) end
function TestNumbers:test2_fails() lu.assertEquals(self.x, 11) end
function TestNumbers:test3_errors() error("an error") end
function TestNumbers:test4_almost() lu.assertAlmostEquals(0.1 + 0.2, 0.3) end
function TestNumbers:test5_nan() lu.assertNotEquals(0 / 0, 0 / 0) end

TestTables = {}
function TestTables:test1_same()
  lu.assertEquals({ 1, 2, { a = { b = 3 } } }, { 1, 2, { a = { b = 3 } } })
end
function TestTables:test2_different()
  lu.assertEquals({ 1, 2, { a = 3 } }, { 1, 2, { a = 4 } })
end
function TestTables:test3_items() lu.assertItemsEquals({ 1, 2 }, { 2, 1 }) end
function TestTables:test4_skip() lu.skip("not now") end
function TestTables:test5_long()
  local a, b = {}, {}
  for i = 1, 30 do
    a[i], b[i] = i, i == 20 and -1 or i
  end
  lu.assertEquals(a, b)
end

TestErrors = {}
function TestErrors:test1_message()
  lu.assertErrorMsgContains("nil value", function() local t t.x = 1 end)
end
function TestErrors:test2_equal()
  lu.assertErrorMsgEquals({ code = 2 }, function() error({ code = 2 }) end)
end
function TestErrors:test3_is()
  lu.assertIsFunction(print)
  lu.assertStrMatches("abc123", "%a+%d+")
  lu.assertIsTable("no table")
end

local runner = lu.LuaUnit.new()
runner:setOutputType(arg[1] or "tap")
os.clock = function() return 0 end -- it prints times
os.date = function() return "a day" end
print("failed", runner:runSuite("-v"))
for _, v in ipairs { { 1, { 2 } }, "s", 1.5, true } do
  print(lu.prettystr(v))
end
