local function names(n) local t = {} for i = 1, n do t[i] = 'a' .. i end return table.concat(t, ',') end
local function consts(n) local t = {} for i = 1, n do t[i] = 'local c' .. i .. ' <const> = ' .. i end return table.concat(t, '\n') end
local function try(text) local f, message = load(text, '=c') print(f and 'ok' or message) end -- expect: c:1: function or expression needs too many registers near 'x'
-- expect: c:1: function or expression needs too many registers near <eof>
-- expect: ok
-- expect: c:1: function or expression needs too many registers near 'x'
-- expect: c:1: function or expression needs too many registers near 'x'
-- expect: c:1: function or expression needs too many registers near '...'
-- expect: c:1: function or expression needs too many registers near 'y'
-- expect: c:1: function or expression needs too many registers near 'x'
-- expect: c:2: function or expression needs too many registers near 'x'
-- expect: c:1: function or expression needs too many registers near '('
-- expect: c:1: function or expression needs too many registers near '3'
-- expect: c:256: function or expression needs too many registers near 'x'
-- expect: c:2: function or expression needs too many registers near 'x'
-- expect: ok
-- expect: ok
-- expect: c:191: function or expression needs too many registers near 'x'
try('f(' .. ('x,'):rep(299) .. 'y)')
try('f(' .. ('x,'):rep(253) .. 'y)')
try('return f(' .. ('x,'):rep(252) .. 'y)')
try('return o:m(' .. ('x,'):rep(299) .. 'y)')
try('return ' .. ('x,'):rep(299) .. 'y')
try('return ' .. ('...,'):rep(299) .. 'y')
try('x = ' .. ('y,'):rep(299) .. 'y')
try('local ' .. names(100) .. ' = ' .. ('x,'):rep(299) .. 'y')
try('local ' .. names(150) .. '\nf(' .. ('x,'):rep(149) .. 'y)')
try('x = ' .. ('f(1,'):rep(150) .. '1' .. (')'):rep(150))
try('x = ' .. ('f(1,2,3,'):rep(90) .. '1' .. (')'):rep(90))
try('f(\n' .. ('x,\n'):rep(299) .. 'y)')
try('local function q()\n return f(' .. ('x,'):rep(299) .. 'y)\nend')
try('local function q() return f(' .. ('x,'):rep(200) .. 'function() return g(' .. ('x,'):rep(200) .. 'y) end) end')
try(consts(190) .. '\nreturn f(' .. ('x,'):rep(100) .. '1)')
try(consts(190) .. '\nreturn f(' .. ('x,'):rep(299) .. '1)')
