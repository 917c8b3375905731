for _, s in ipairs {"3x", "0x", "1e", "1e+", "1.2.3", "3..2", "0xg", "1_000",
    "0x1p", "0x.p1", "08e", "1f", "2end", "0b1", "0x1.2.3"} do
  print(s, select(2, load("return " .. s))) -- expect: 3x	[string "return 3x"]:1: malformed number near '3x'
  -- expect: 0x	[string "return 0x"]:1: malformed number near '0x'
  -- expect: 1e	[string "return 1e"]:1: malformed number near '1e'
  -- expect: 1e+	[string "return 1e+"]:1: malformed number near '1e+'
  -- expect: 1.2.3	[string "return 1.2.3"]:1: malformed number near '1.2.3'
  -- expect: 3..2	[string "return 3..2"]:1: malformed number near '3..2'
  -- expect: 0xg	[string "return 0xg"]:1: malformed number near '0xg'
  -- expect: 1_000	[string "return 1_000"]:1: malformed number near '1_'
  -- expect: 0x1p	[string "return 0x1p"]:1: malformed number near '0x1p'
  -- expect: 0x.p1	[string "return 0x.p1"]:1: malformed number near '0x.p1'
  -- expect: 08e	[string "return 08e"]:1: malformed number near '08e'
  -- expect: 1f	[string "return 1f"]:1: malformed number near '1f'
  -- expect: 2end	[string "return 2end"]:1: malformed number near '2en'
  -- expect: 0b1	[string "return 0b1"]:1: malformed number near '0b1'
  -- expect: 0x1.2.3	[string "return 0x1.2.3"]:1: malformed number near '0x1.2.3'
end
