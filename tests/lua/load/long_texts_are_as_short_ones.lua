-- Texts of two megabytes, in which tokens of every kind stand at different places.
local tokens = {
  "local name_of_a_local <const> = 12345",
  "total = total + name_of_a_local",
  "total = total + 0x7fp-1 * 1e2",
  "total = total + #'a string \\z   \\65\\x41\\u{41}'",
  "total = total + #[==[ a ]=] long\nstring ]==]",
  "-- a comment\n",
  "--[=[ a long ]] comment ]=]",
  "total = total // 1 | 0 ~= 0 and total or total .. '' ..total",
  "if total <= 0 then goto skip end do total = total << 1 >> 1 end ::skip::",
}
local unit = "do " .. table.concat(tokens, " ") .. " end "
local count = (2 << 20) // #unit
local function text(shift)
  return "local total = 0 " .. (" "):rep(shift) .. unit:rep(count) ..
         " return total"
end
local results = {}
for shift = 0, 21, 3 do
  results[assert(load(text(shift)))()] = true
end
local short = 0
for _ = 1, count do
  short = load("local total = ... " .. unit .. " return total")(short)
end
print(next(results) == short, next(results, short))  -- expect: true	nil

-- and messages name the same line and token
local message = select(2, load(text(1) .. ("\n"):rep(9) .. "wrong", "=x"))
print(message, message == "x:" .. count * 2 + 10 .. ": <eof> expected near 'wrong'") -- expect: x:11194: <eof> expected near 'wrong'	true
print(select(2, load(text(0) .. "[[", "=x"))) -- expect: x:11185: unfinished long string (starting at line 11185) near <eof>
print(select(2, load((" "):rep(3 << 20) .. "\1", "=x"))) -- expect: x:1: unexpected symbol near '<\1>'
