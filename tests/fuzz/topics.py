"""Sections of generated programs about one part of the language each.

Each function writes Lua statements for the inside of a `try(function() ...)`
of the prelude (generate.py), with `note` to show values.
"""

from topics_edges import EDGE_TOPICS
from topics_language import LANGUAGE_TOPICS
from topics_library import LIBRARY_TOPICS
from topics_numbers import NUMBER_TOPICS
from writer import EDGE_FLOATS, EDGE_INTEGERS, STRINGS, quote

OPERATORS = ["+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<<", ">>",
             "..", "<", "<=", ">", ">=", "==", "~="]


def operand(code):
    roll = code.rng.random()
    if roll < 0.45:
        return "(" + code.pick(EDGE_INTEGERS) + ")"
    if roll < 0.75:
        return "(" + code.pick(EDGE_FLOATS) + ")"
    if roll < 0.93:
        return quote(code.pick(STRINGS))
    return code.pick(["nil", "true", "{}", "print"])


def operators(code):
    """Every form an operator's operands can have: local, constant, upvalue,
    field, result of a call; and results kept, compared or branched on."""
    for _ in range(code.rng.randint(4, 10)):
        a, b = operand(code), operand(code)
        op = code.pick(OPERATORS)
        code.line(f"do local a, b, t, f = {a}, {b}, {{x = {a}, {b}}}, "
                  f"function(...) return ... end")
        forms = [f"a {op} b", f"a {op} {b}", f"{a} {op} b", f"{a} {op} {b}",
                 f"t.x {op} t[1]", f"f(a) {op} b", f"a {op} f(b)",
                 f"(a {op} b) == (a {op} b)", f"t.x {op} f({b})"]
        for form in code.rng.sample(forms, code.rng.randint(2, 5)):
            use = code.pick([
                "note(pcall(function() return {} end))",
                "note(pcall(function() local r = {} return r, 1 end))",
                "note(pcall(function() if {} then return 'yes' end return "
                "'no' end))",
                "note(pcall(function() t.r = {} return t.r end))",
                "note(pcall(function() return not ({}) end))",
                "note(pcall(function() local r = 0 while {} do r = r + 1 if "
                "r > 2 then break end end return r end))",
                "note(pcall(function() a = {} return a end))",
            ])
            code.line("  " + use.format(form))
        code.line("end")
    for _ in range(code.rng.randint(1, 3)):
        a = operand(code)
        op = code.pick(["-", "~", "#", "not ", "- -", "not not "])
        code.line(f"note(pcall(function() local a = {a} return {op}a end))")
        if op != "#":
            code.line(f"note(pcall(function() return {op}{a} end))")


def integer_loops(code):
    edges = ["1", "0", "-1", "3", "math.maxinteger", "math.mininteger",
             "math.maxinteger - 2", "math.mininteger + 2", "(1 << 50)",
             "(1 << 50) - 2", "-(1 << 50)", "-(1 << 50) - 2", "2.5", "-1.5",
             "1e308", "-1e308", "math.huge", "-math.huge", "2^53", "0.0",
             "'3'", "(0/0)", "(1 << 62)", "{}"]
    for _ in range(code.rng.randint(3, 8)):
        start, stop = code.pick(edges), code.pick(edges)
        step = code.pick(["", "", ", 1", ", -1", ", 2", ", -3", ", 0.5",
                          ", 0", ", math.maxinteger", ", math.mininteger",
                          ", (1 << 51)", ", -0.1", ", 1.0", ", " + start])
        copy = code.pick(["i", "i + 0", "function() i = i + 1 return i end"])
        code.line("note(pcall(function()")
        code.line("  local seen, n = {}, 0")
        form = code.pick(["{}, {}{}", "a, {1}{2}", "a, b{2}"])
        code.line(f"  local a, b = {start}, {stop}")
        code.line("  for i = " + form.format(start, stop, step) + " do")
        code.line(f"    n = n + 1 seen[n] = {copy}")
        code.line("    if n == 4 then break end")
        code.line("  end")
        code.line("  for k = 1, n do if type(seen[k]) == 'function' then "
                  "seen[k]() seen[k] = seen[k]() end end")
        code.line("  return n, table.unpack(seen)")
        code.line("end))")


EVENTS = {
    "add": "{} + {}", "sub": "{} - {}", "mul": "{} * {}", "div": "{} / {}",
    "mod": "{} % {}", "pow": "{} ^ {}", "idiv": "{} // {}", "band": "{} & {}",
    "bor": "{} | {}", "bxor": "{} ~ {}", "shl": "{} << {}", "shr": "{} >> {}",
    "concat": "{} .. {}", "eq": "{} == {}", "lt": "{} < {}", "le": "{} <= {}",
}


def metamethods(code):
    rng = code.rng
    code.line("local calls = 0")
    code.line("local function tag(v) return type(v) == 'table' and "
              "rawget(v, 'tag') or show(v) end")
    for name in "pq":
        code.line(f"local {name}_mt = {{}}")
        for event in rng.sample(sorted(EVENTS), rng.randint(4, len(EVENTS))):
            result = f"'{name}:{event}(' .. tag(x) .. ',' .. tag(y) .. ')'"
            if event in ("eq", "lt", "le"):
                result = code.pick(["tag(x) < tag(y)", "nil", "1", "x",
                                    f"note('{name}:{event}', tag(x), tag(y))"])
            body = code.pick(["", "calls = calls + 1 ",
                              "local z <const> = calls "])
            if code.chance(4):
                body += f"error('in {event}') "
            code.line(f"function {name}_mt.__{event}(x, y) {body}"
                      f"return {result} end")
        if code.chance(70):
            code.line(f"{name}_mt.__index = " + code.pick([
                "function(_, k) return 'index ' .. tostring(k) end",
                "{a = 1, b = 'two', [1] = 'one'}",
                "setmetatable({a = 'far'}, {__index = function(_, k) return "
                "show(k) .. '?' end})",
                "function(t, k) return rawget(t, 'tag'), 'dropped' end",
                "string"]))
        if code.chance(60):
            code.line(f"{name}_mt.__newindex = " + code.pick([
                "function(t, k, v) rawset(t, k, 'set ' .. show(v)) end",
                "function(_, k, v) note('newindex', k, v) end",
                "setmetatable({}, {__newindex = function(_, k, v) "
                "note('far', k, v) end})"]))
        if code.chance(70):
            code.line(f"{name}_mt.__call = " + code.pick([
                "function(self, ...) return tag(self), select('#', ...), ... "
                "end",
                "setmetatable({}, {__call = function(_, self, ...) return "
                "'twice', ... end})",
                "function(self, n, ...) if n == 0 then return ... end return "
                "self((n or 1) - 1, ...) end"]))
        for event, value in [("len", "function() return 42 end"),
                             ("unm", f"function(x, y) return '{name}:unm', "
                              "rawequal(x, y) end"),
                             ("bnot", f"function() return '{name}:bnot' end"),
                             ("tostring", f"function() return 'I am {name}' "
                              "end"),
                             ("name", f"'Type{name}'"),
                             ("close", f"function(_, e) note('close {name}', e)"
                              " end")]:
            if code.chance(60):
                code.line(f"{name}_mt.__{event} = {value}")
        code.line(f"local {name} = setmetatable({{tag = '{name}'}}, {name}_mt)")
    operands = ["p", "q", "p", "q", "1", "2.5", "'s'", "'10'", "nil", "{}",
                "calls", "show"]
    for _ in range(rng.randint(8, 20)):
        form = EVENTS[code.pick(sorted(EVENTS))]
        a, b = code.pick(operands), code.pick(operands)
        expression = form.format(a, b)
        expression = code.pick(["{}", "{}", "({}) == nil", "not ({})",
                                "({}) .. p", "calls, {}"]).format(expression)
        code.line(f"note(pcall(function() return {expression} end))")
    for _ in range(rng.randint(5, 12)):
        expression = code.pick([
            "return p.a, p.b, p.zz", "return q[1], q.tag, q[2.0]",
            "return p[q]", "p.new = 1 return rawget(p, 'new')",
            "q[1] = 'one' return rawget(q, 1)", "return p(1, nil)",
            "return q()", "return (p(2, 3))", "return p(0)", "return #p, #q",
            "return -p", "return ~q", "p.tag = 'P' return p.tag",
            "return p:sub(1)", "return q:nomethod()", "return p .. 1 .. 'x'",
            "return 1 .. 'x' .. p", "return 'a' .. p .. 'b' .. q",
            "return p == q, p ~= q, p == p", "return p < q, p > q, p <= q",
            "return select('#', p(1, 2, 3))", "return pcall(p, 1)",
            "local c <close> = p return 'closing'",
            "local c <close> = q error('while closing', 0)",
            "for i = p, q do end", "return math.max(p, 1)",
            "return table.concat({1, p})", "return ('x'):rep(q)",
            "return string.format('%d', p)", "return ipairs(p)(p, 0)",
            "return p.x.y", "p.x.y = 1", "return p + 1 < q", "p.f.g.h()",
            "if p < q then return 'lt' else return 'ge' end",
            "if p <= 1 then return 'le' else return 'gt' end",
            "while p < q do return 'loop' end return 'out'",
            "local r = p > 1 or q < 2 return r",
            "return tostring(p):gsub('0x%x+', ''):gsub(' ', '')",
            "return #p + 1, -q == nil", "local t = {p == q, p + q} return #t",
        ])
        code.line(f"note(pcall(function() {expression} end))")
    code.line("note(calls)")


def coroutine_body(code, depth):
    """Statements that yield in various places."""
    for _ in range(code.rng.randint(1, 4)):
        n = code.rng.randint(1, 9)
        if depth and code.chance(40):
            form = code.rng.randint(0, 6)
            if form == 0:
                code.line("note('caught', pcall(function()")
            elif form == 1:
                code.line("do local c <close> = closing('inner')")
            elif form == 2:
                code.line(f"for i = 1, {code.rng.randint(1, 3)} do")
            elif form == 3:
                code.line("for k, v in function(_, i) i = (i or 0) + 1 if i < 3 "
                          "then return i, coroutine.yield('iter', i) end end do")
            elif form == 4:
                code.line(";(function(...) local n = ...")
            elif form == 5:
                code.line("note('handled', xpcall(function()")
            else:
                code.line("local inner = coroutine.wrap(function()")
            code.indent += 1
            coroutine_body(code, depth - 1)
            code.indent -= 1
            code.line(["end))", "end", "end", "end",
                       "end)(coroutine.yield('args'))",
                       "end, function(e) return 'H:' .. tostring(e) end))",
                       "end) note('inner', inner()) note('inner', pcall(inner))"
                       ][form])
            continue
        code.line(code.pick([
            f"coroutine.yield({n})",
            f"note('got', coroutine.yield({n}, 'x'))",
            f"local a, b = coroutine.yield() note(a, b)",
            f"note(y + {n})", f"note({n} < y, y == y2)", "note(y.field, #y)",
            "note(y .. 'z')", "y.new = coroutine.yield('value')",
            f"note(y({n}, 2))", "for k in y do note(k) break end",
            f"if y < {n} then note('less') else note('not less') end",
            f"note((coroutine.yield({n})))",
            "note(coroutine.isyieldable(), coroutine.status(co))",
            f"note(select('#', coroutine.yield(coroutine.yield({n}))))",
            f"local t = {{coroutine.yield({n}), coroutine.yield()}} note(#t)",
            "note(table.unpack({coroutine.yield('unpacked')}))",
            "local c <close> = y",
            "note(pcall(table.sort, {3, 2, 1}, function(a, b) return "
            "coroutine.yield(a) end))",
            "note(pcall(string.gsub, 'abc', '.', coroutine.yield))",
            "note(pcall(coroutine.resume, co))",
            "note(coroutine.close(coroutine.create(print)))",
            "note(pcall(error, 'thrown', 0))",
        ]))
    if code.chance(12):
        code.line(code.pick(["do error('in coroutine') end",
                             "do error({}, 0) end",
                             "do return coroutine.yield('last') end",
                             "do return 1, 2, 3 end"]))


def coroutines(code):
    code.line("local y_mt = {}")
    for event in ["add", "lt", "le", "concat", "index", "newindex", "call",
                  "len", "eq", "close"]:
        if code.chance(75):
            code.line(f"y_mt.__{event} = function(_, v) return "
                      f"coroutine.yield('{event}', type(v) == 'table') end")
    code.line("local y, y2 = setmetatable({}, y_mt), setmetatable({}, y_mt)")
    code.line("local co")
    code.line("co = coroutine.create(function(...)")
    code.indent += 1
    code.line("note('start', ...)")
    coroutine_body(code, 3)
    code.line("return 'done', ...")
    code.indent -= 1
    code.line("end)")
    # Lua 5.4.4 leaves the handler of an xpcall that yielded in force.
    closes = not any("xpcall" in line for line in code.lines)
    code.line("for i = 1, 30 do")
    code.line("  local r = table.pack(coroutine.resume(co, i, i % 3 == 0 and "
              "nil or 'r' .. i))")
    code.line("  note(i, coroutine.status(co), table.unpack(r, 1, r.n))")
    code.line("  if coroutine.status(co) == 'dead' then break end")
    if closes:
        code.line(f"  if i == {code.rng.randint(5, 40)} then "
                  "note('close', coroutine.close(co)) end")
    code.line("end")
    code.line("note(coroutine.resume(co))")


PATTERN_ITEMS = ["a", "b", "c", ".", "%a", "%d", "%s", "%w", "%u", "%l", "%p",
                 "%x", "%A", "%D", "%S", "%W", "[abc]", "[^ab]", "[a-c]",
                 "[%d_]", "[^%s]", "%.", "%%", "[]]", "[^]]", "[a%-z]", "x",
                 " ", ",", "=", "[%w_]", "%1", "%b()", "%f[%w]", "%f[^%w]",
                 "[%a-]", "-", "[+-]"]


def pattern(code):
    out, depth, captures = "", 0, 0
    if code.chance(15):
        out = "^"
    for _ in range(code.rng.randint(1, 5)):
        if code.chance(20) and captures < 4:
            out += "("
            depth += 1
            captures += 1
            if code.chance(15):
                out += ")"
                depth -= 1
                continue
        item = code.pick(PATTERN_ITEMS)
        out += item
        if item[:2] not in ("%b", "%f", "%1") and code.chance(45):
            out += code.pick("*+-?")
        if depth and code.chance(50):
            out += ")"
            depth -= 1
    if code.chance(97):
        out += ")" * depth
    if code.chance(12):
        out += "$"
    return out


def subject(code):
    if code.chance(40):
        return code.pick([s for s in STRINGS if "\\" not in s] +
                         ["f(a(b)c)d", "key1=val1, key2 = val2", "  trim  ",
                          "THE (quick) fox", "a.b.c", "2024-01-31 10:20",
                          "x%y%%z", "[[]]", "-1+2-3", "aaa bbb aaa"])
    return "".join(code.pick("aabbcx ,.1=()_A%") for _ in
                   range(code.rng.randint(0, 24)))


def patterns(code):
    for _ in range(code.rng.randint(6, 14)):
        s, p = quote(subject(code)), quote(pattern(code))
        start = code.pick(["", "", "", ", 2", ", -3", ", 100", ", -100"])
        replacement = code.pick([
            "'<%0>'", "'%1'", "'%%'", "'%2-%1'", "''", "'x'", "'%'",
            "{a = 'A', b = false, ab = 1, ['1'] = 2.5}",
            "function(...) return select('#', ...) .. '!' end",
            "function(a) if #tostring(a) > 1 then return false end return a "
            "end", "function() return {} end", "string.upper",
            "function(a, b) return b end"])
        limit = code.pick(["", "", ", 1", ", 2", ", 0", ", -1"])
        code.line(code.pick([
            f"note(pcall(string.find, {s}, {p}{start}))",
            f"note(pcall(string.match, {s}, {p}{start}))",
            f"note(pcall(string.gsub, {s}, {p}, {replacement}{limit}))",
            f"note(pcall(function() local n = 0 for a, b in ({s}):gmatch({p})"
            f" do n = n + 1 note(n, a, b) end return n end))",
            f"note(pcall(string.find, {s}, {p}, 1, true))",
        ]))


def formats(code):
    rng = code.rng
    for _ in range(rng.randint(5, 12)):
        flags = "".join(rng.sample("-+ #0", rng.choice([0, 0, 1, 1, 2, 3])))
        width = code.pick(["", "", "5", "12", "1", "20", "100"])
        precision = code.pick(["", "", ".0", ".3", ".10", ".", ".20"])
        conversion = code.pick("ddiuxXocfeEgGaAsqsp")
        value = code.pick([operand(code), operand(code),
                           str(rng.randint(-10**6, 10**6)),
                           repr(rng.uniform(-1e5, 1e5)),
                           str(rng.randint(33, 126))])
        if conversion == "p":
            conversion, value = "s", "true"
        if conversion == "s" and value in ("{}", "print"):
            value = "true"  # a precision cuts the address
        code.line(f"note(pcall(string.format, '[%{flags}{width}{precision}"
                  f"{conversion}]', {value}))")
    code.line("note(pcall(string.format, '%s %s', 1))")
    code.line(f"note(pcall(string.format, '%5s|%-5s|%q', 'ab', "
              f"{operand(code).replace('{}', 'nil').replace('print', '1')}, "
              f"{quote(code.pick(STRINGS))}))")


def strings(code):
    rng = code.rng
    for _ in range(rng.randint(5, 12)):
        s = quote(code.pick(STRINGS))
        i, j = rng.randint(-8, 12), rng.randint(-8, 12)
        n = operand(code)
        code.line("note(pcall(function() return " + code.pick([
            f"tonumber({s}), tonumber({s}, 16), tonumber({s}, {abs(i) + 2})",
            f"({s}):byte({i}, {j})", f"({s}):sub({i}, {j}), #{s}",
            f"tostring({n}), math.type({n})", f"{n} .. ''",
            f"math.tointeger({n})", f"math.floor({n}), math.ceil({n})",
            f"math.abs({n}), math.ult({n}, 5)", f"({s}):rep({i}, ',')",
            f"string.char({i + 60}, {j + 60}), ({s}):lower()",
            f"{s} < {quote(code.pick(STRINGS))}, {s} == {s}",
            f"string.pack('{code.pick(['<i4', '>I2', 'z', 's1', '<d', 'b', '<j', '!8<i8', '<f', '>i3'])}', {n})",
            f"string.unpack('<i4', 'abcdefgh', {abs(i) + 1})",
            f"string.unpack('z', 'ab\\0cd', {abs(j) % 5 + 1})",
            f"string.packsize('<i4 i8 !4 d b')",
            f"utf8.char({abs(i) * 1000}, {abs(j)}), utf8.len({s})",
            f"utf8.codepoint('h\\u{{e9}}llo', {abs(i) % 4 + 1})",
            f"utf8.offset('h\\u{{e9}}llo', {i})",
            f"math.fmod({n}, 3), math.modf({n})",
            f"select({i}, 'a', 'b', 'c')", f"#{s} // {max(j, 1)}",
            f"tostring({n}) == tostring({n}), {n} == {n}",
            f"load('return ' .. {s}, '=l')", f"string.len({n}), ({s}):upper()",
        ]) + " end))")


def tables(code):
    rng = code.rng
    count = rng.randint(1, 12)
    values = ", ".join(str(rng.randint(-50, 50)) for _ in range(count))
    code.line("local t")
    for _ in range(rng.randint(6, 14)):
        i, j, k = (rng.randint(-2, 14) for _ in range(3))
        code.line(f"t = {{{values}}}")
        code.line("note(pcall(function() " + code.pick([
            f"table.insert(t, {i}, {j}) return #t", f"table.insert(t, {i})",
            f"return table.remove(t, {i})", "return table.remove(t)",
            "table.sort(t) return table.concat(t, ' ')",
            "table.sort(t, function(a, b) return a > b end) return "
            "table.concat(t, ' ')", f"return table.concat(t, ',', {i}, {j})",
            f"return table.unpack(t, {i}, {j})",
            f"return table.concat(table.move(t, {i}, {j}, {k}, {{}}), ',', "
            f"{k}, {k} + {j} - {i})",
            f"t[#t + 1] = {i} t[{i}.0] = {j} return t[{i}]",
            f"t[#t] = nil return #t", f"return rawlen(t), rawget(t, {i})",
            f"local n, s = 0, 0 for k, v in pairs(t) do n = n + 1 s = s + v "
            f"end return n, s", f"t['k{i}'] = {j} return t.k{i}, t.k{j}",
            f"return next({{}}), next({{{i}}}), type(next)",
            f"local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end "
            f"return n, next(t)", f"t = {{{values}, n = {i}}} return #t, t.n",
            f"local u = {{table.unpack(t)}} return #u == #t",
            "t[nil] = 1", "t[0/0] = 1", "return t[nil], t[0/0]",
            f"t[2^53] = {i} return t[1 << 53], t[2^53 | 0]",
            "local r = {} for i, v in ipairs(t) do r[#r + 1] = i .. '=' .. v "
            "end return table.concat(r, ';')",
            f"local o = {{}} for i = {i}, {j} do o['f' .. i] = i end local n "
            f"= 0 for _, v in pairs(o) do n = n + v end return n, o.f{i}",
            "return select('#', table.unpack({}, 1, 3))",
            f"t = table.pack(nil, {i}, nil) return t.n, t[2]",
            f"t[1], t[2], t.x = t[2], t[1], #t return t[1], t[2], t.x",
        ]) + " end))")


def closures(code):
    rng = code.rng
    code.line("local list = {}")
    code.line(f"for i = 1, {rng.randint(1, 4)} do")
    code.line(f"  local a, b = i, {rng.randint(0, 9)}")
    code.line(f"  for j = i, {rng.randint(1, 4)} do")
    code.line("    local c = j * 10")
    code.line("    list[#list + 1] = function(x) " + code.pick([
        "a = a + x b = b + a c = c - 1", "a, b, c = b, c, a",
        "i = i + x j = j - x c = i * j", "a = c if x > 2 then c = a + x end",
        "local d = a a = function() return d end a = a() + x"])
        + " return a, b, c, i, j end")
    if code.chance(40):
        code.line(f"    if j == {rng.randint(1, 3)} then break end")
    if code.chance(40):
        code.line(f"    if c > {rng.randint(10, 40)} then goto out end")
    code.line("  end")
    code.line("  ::out::")
    code.line("end")
    code.line("for round = 1, 2 do for k, f in ipairs(list) do note(round, k, "
              "f(k)) end end")
    code.line("local x = 1")
    code.line("local function get() return x end")
    code.line("local function set(v) local old = x x = v return old end")
    forms = ["x + set(5)", "set(7) + x", "x * 2 + set(3) * x", "x .. set(4)",
             "x < set(9)", "x == set(x)", "get() + set(8) + get()",
             "(x) + set(1)", "{x, set(2), x}[2]", "-x + set(6)",
             "x + (set(3) and x)", "x // set(4) + x", "set(x + 1) - x"]
    for form in rng.sample(forms, 5):
        form = form.replace("{x, set(2), x}[2]", "select(2, x, set(2), x)")
        code.line(f"note({form}, x)")
    code.line("note(x, set(10), x, get())")
    code.line("local t = {x, set(11), x, k = x, [set(12)] = x} "
              "note(t[1], t[2], t[3], t.k, x)")
    code.line("x, t[1] = set(13), x note(x, t[1])")
    code.line("local function many(a, b, ...) x = a return b, ... end")
    code.line("note(many(x, many(1, x, x), x), x)")
    code.line("do local k = 0 ::again:: local v = k list[k] = function() v = v"
              " + 1 return v end k = k + 1 if k < 3 then goto again end end")
    code.line("note(list[0](), list[0](), list[1](), list[2](), list[0]())")


def gotos(code):
    """A state machine, each state a label."""
    rng = code.rng
    states = rng.randint(2, 7)
    code.line("local steps, v, trace = 0, 1, {}")
    code.line(f"do goto s{rng.randint(1, states)} end")
    for state in range(1, states + 1):
        code.line(f"::s{state}:: do")
        code.line("  steps = steps + 1")
        code.line(f"  trace[#trace + 1] = {state}")
        code.line("  if steps > 40 then goto done end")
        if code.chance(50):
            code.line(f"  local captured = v fns[#fns + 1] = function() "
                      f"captured = captured + {state} return captured end")
        for _ in range(rng.randint(1, 3)):
            code.line(f"  v = v * {rng.randint(1, 7)} + {rng.randint(0, 9)}")
            test = code.pick(["v % 2 == 0", "v & 4 ~= 0", "v > 1000",
                              "not (v < 50)", "v % 3 == 1 and v > 5",
                              "#trace > 20 or v == 7"])
            target = rng.randint(1, states)
            code.line("  " + code.pick([
                f"if {test} then goto s{target} end",
                f"if {test} then v = v // 3 else goto s{target} end",
                f"while {test} do goto s{target} end",
                f"for i = 1, 3 do if {test} then goto s{target} end v = v + i "
                f"end",
                f"repeat local q = v if {test} then goto s{target} end until "
                f"q"]))
        code.line("end")
    code.line("::done::")
    code.line("note(steps, v, table.concat(trace))")


def varargs(code):
    rng = code.rng
    fixed = ", ".join(f"a{i}" for i in range(rng.randint(0, 3)))
    head = fixed + ", ..." if fixed else "..."
    uses = ["note('#', select('#', ...))", "note(...)", "note((...))",
            "local t = {...} note(#t >= 0)", "local t = {..., 'end'} "
            "note(#t >= 1)", "local a, b, c = ... note(a, b, c)",
            "note(1, ...)", "note(..., 1)", "local x = ... note(x)",
            "for i = 1, select('#', ...) do note(i, (select(i, ...))) end",
            "local p = table.pack(...) note(p.n, p[1], p[p.n])",
            "note(select(-1, 'none', ...))", "note(... == nil, not ...)",
            "local s = 0 for _, v in ipairs {...} do s = s + (tonumber(v) or "
            "0) end note(s)", "note(pcall(select, 0, ...))",
            "note(math.max(0, #{...} > 99 and 1 or 2))",
            "note((function(...) return select('#', ...) end)(..., ...))"]
    code.line(f"local function f({head})")
    for use in rng.sample(uses, rng.randint(3, 7)):
        code.line("  " + use)
    if fixed and code.chance(60):
        code.line(f"  note({fixed}) a0 = 'changed' note({fixed})")
    code.line("  return " + code.pick(["...", "..., 'tail'", "(...)",
                                       "select('#', ...), ...", "1, ..."]))
    code.line("end")
    code.line("local function tail(n, ...) if n == 0 then return ... end "
              "return tail(n - 1, n, ...) end")
    code.line("local function drop(_, ...) if select('#', ...) == 0 then "
              "return 'empty' end return drop(...) end")
    arguments = ["", "nil", "1", "1, nil", "nil, nil, 3", "1, 2, 3, 4, 5",
                 "f(1, 2)", "1, f()", "(f(7, 8))", "tail(5)", "tail(3, 'x')",
                 "drop(1, 2, 3)", "table.unpack({1, 2, 3}, 1, 6)",
                 "table.unpack({}, 1, 60)", "'a', tail(30)"]
    for _ in range(rng.randint(3, 8)):
        code.line(f"note('result', f({code.pick(arguments)}))")
    code.line(f"note(drop(table.unpack({{}}, 1, {rng.randint(1, 200)})))")
    code.line(f"note(select('#', tail({rng.randint(1, 60)})))")


def limits(code):
    rng = code.rng
    form = rng.randint(0, 9)
    n = rng.choice([3, 20, 63, 64, 65, 127, 128, 129, 150, 180])
    if form == 0:
        code.line("local s = 0")
        for i in range(n):
            code.line(f"local l{i} = {i} + s")
        code.line("s = " + " + ".join(f"l{i}" for i in range(0, n, 3)))
        code.line(f"local function f() l{n - 1} = l{n - 1} + l0 return "
                  f"l{n - 1}, l{n // 2} end")
        code.line("note(s, f()) note(f())")
    elif form == 1:
        names = ", ".join(f"u{i}" for i in range(min(n, 190)))
        code.line(f"local {names}")
        code.line("local function f() return function(d)")
        for i in range(min(n, 190)):
            code.line(f"  u{i} = (u{i} or {i}) + d")
        code.line(f"  return u0 + u{min(n, 190) - 1} end end")
        code.line("note(f()(1), f()(2.5), u0, u1)")
    elif form == 2:
        count = rng.choice([100, 255, 256, 257, 400])
        items = [f"{rng.randint(-10**9, 10**9)}" if rng.random() < 0.5 else
                 f"'k{rng.randint(0, 10**6)}'" for _ in range(count)]
        code.line("local t = {" + ", ".join(items) + "}")
        code.line(f"note(#t, t[1], t[{count}], t[{count // 2}])")
        code.line("local o = {}")
        for i in range(0, count, 2):
            code.line(f"o.f{i} = {rng.uniform(0, 9):.3f}")
        code.line(f"note(o.f0, o.f{count // 2 // 2 * 2}, o.f1)")
    elif form == 3:
        code.line("local a, b = 'a', 1")
        code.line("note(" + " .. ".join(rng.choice(["a", "b", "'c'", "2", "a"])
                                        for _ in range(min(n, 190))) + ")")
    elif form == 4:
        code.line("local a, b, c = 1, nil, false")
        chain = "a"
        for _ in range(n):
            chain += rng.choice([" and ", " or ", " or "]) + rng.choice(
                ["a", "b", "c", "a == 1", "not b", "c or a", "(b and c)", "2"])
        code.line(f"note({chain})")
        code.line(f"if {chain} then note('then') else note('else') end")
        code.line(f"while {chain} do a = not a note(a) if not a then break end "
                  "end")
    elif form == 5:
        code.line(f"local v = {rng.randint(0, n)}")
        for i in range(n):
            code.line(f"{'if' if i == 0 else 'elseif'} v == {i} then note({i})")
        code.line("else note('none') end")
    elif form == 6:
        depth = min(n, 120)
        code.line("note(" + "(" * depth + "1 + 2" + ")" * depth + ")")
        code.line("local t = " + "{" * depth + "7" + "}" * depth)
        code.line(f"for i = 1, {depth - 1} do t = t[1] end note(t[1])")
        code.line("local x = 1 " + "do local x = x + 1 " * min(depth, 100)
                  + "note(x) " + "end " * min(depth, 100))
    elif form == 7:
        count = min(n, 180)
        parameters = ", ".join(f"p{i}" for i in range(count))
        code.line(f"local function f({parameters}) return p0, p{count - 1}, "
                  f"p{count // 2} end")
        arguments = ", ".join(str(rng.randint(0, 9)) for _ in range(count))
        code.line(f"note(f({arguments})) note(f({arguments}, 1)) note(f(1))")
        code.line(f"local function g() return {arguments} end")
        code.line("local a, b, c = g() note(a, b, c, select('#', g()), "
                  "#{g(), g()})")
    elif form == 8:
        depth = min(n, 60)
        code.line("local v = 0")
        code.line("local f = " + "function() v = v + 1 return " * depth + "v"
                  + " end" * depth)
        code.line(f"for i = 1, {depth} do f = f() end note(f, v)")
    else:
        code.line("local o = {}")
        code.line("o" + ".f" * 0 + " = {n = 1}")
        code.line("for i = 1, 20 do o = {next = o, n = o.n + i} end")
        path = ".next" * rng.randint(1, 24)
        code.line(f"note(pcall(function() return o{path}.n end))")
        code.line(f"note(pcall(function() o{path}.n = 'set' return "
                  f"o{path}.n end))")
        code.line("local s = 'abc' note(s" + ":rep(1)" * min(n, 100) + ")")


def errors(code):
    """Texts of errors, with the names of variables in them."""
    code.line("local loc, tab, num, str, fun = nil, {f = {}}, 5, 'str', note")
    code.line("local const <const>, kf <const> = 'const', 1.5")
    places = ["loc", "tab.x", "tab.f.x", "glob", "num", "str", "tab", "const",
              "up", "tab[1]", "tab[loc]", "tab['a b']", "tab[num]", "kf",
              "(loc)", "fun", "str.x", "tab.f", "gs", "fun()", "_ENV.q",
              "tab:f()", "('x').y", "({})[1]", "true"]
    uses = ["return {} + 1", "return 1 - {}", "return {} .. 'x'",
            "return 'x' .. {}", "return {}()", "return {}.field",
            "return {}[1]", "{}.field = 1", "{}[num] = 1", "return #{}",
            "return -{}", "return ~{}", "return {} & 1", "return 1.5 | {}",
            "return {} < 1", "return {} < {}", "return 2 <= {}",
            "for i = 1, {} do end", "for i = {}, 2 do end",
            "for k in {} do end", "return {}:method()", "return {}.a.b",
            "local x <close> = {}", "return {} // 2", "return 2 ^ {}",
            "return math.floor({})", "return ('x'):rep({})",
            "return string.rep({})", "return setmetatable({}, 1)",
            "return ipairs({})", "{}.a.b.c = 1", "return {}.a()",
            "return {}[loc]", "return {} << 1", "return ({} or loc).x.y",
            "return string.char({})", "return table.concat({})",
            "return tostring({}, 1) .. loc", "return {}(1)(2)",
            "return num + {} * 2", "return (num < 3 and num or {}) + tab"]
    for _ in range(code.rng.randint(10, 25)):
        use = code.pick(uses)
        while "{}" in use:
            use = use.replace("{}", code.pick(places), 1)
        if use.startswith("fun()") or use.startswith("(") or \
                use.startswith("true") or use.startswith("tab:f()"):
            use = "local r = " + use if "=" not in use else "loc = nil"
        if use.startswith("{") or " = " in use and use.split(" = ")[0] in (
                "const", "kf"):
            continue
        code.line(f"note(pcall(function() local up = loc {use} end))"
                  if code.chance(50) else f"note(pcall(function() {use} end))")


def objects(code):
    """Objects of many shapes meeting at the same places of the program."""
    rng = code.rng
    fields = ["a", "b", "c", "d", "e", "name", "next", "value"]
    code.line("local Base = {} Base.__index = Base")
    code.line("function Base:get(k) return self[k] end")
    code.line("function Base:set(k, v) self[k] = v return self end")
    code.line("function Base:kind() return 'base' end")
    code.line("local Child = setmetatable({}, {__index = Base}) "
              "Child.__index = Child")
    code.line("function Child:kind() return 'child of ' .. Base.kind(self) end")
    code.line("local Far = setmetatable({}, Child) Far.__index = Far")
    code.line("local list = {}")
    for _ in range(rng.randint(3, 8)):
        chosen = rng.sample(fields, rng.randint(0, 6))
        items = ", ".join(f"{f} = {rng.randint(0, 99)}" for f in chosen)
        meta = code.pick(["", "Base", "Child", "Far", "Far",
                          "{__index = function(_, k) return k end}",
                          "{__newindex = function(t, k, v) rawset(t, k, v * 2)"
                          " end}"])
        value = f"setmetatable({{{items}}}, {meta})" if meta else f"{{{items}}}"
        code.line(f"list[#list + 1] = {value}")
    code.line("local function read(o) return " + ", ".join(
        f"o.{f}" for f in rng.sample(fields, 4)) + " end")
    code.line(f"local function write(o, v) o.{code.pick(fields)} = v "
              f"o.{code.pick(fields)} = v + 1 end")
    code.line("local function call(o) return o.kind and o:kind() or 'none' end")
    code.line("local function keys(o) local r = {} for k, v in next, o do "
              "r[#r + 1] = show(k) .. show(v) end table.sort(r) return "
              "table.concat(r, ' ') end")
    code.line("local function add(o) o.n = (o.n or 0) + 1 return o.n end")
    changes = [
        lambda: f"list[{rng.randint(1, 3)}].{code.pick(fields)} = nil",
        lambda: f"list[{rng.randint(1, 3)}].{code.pick(fields)} = "
                f"{rng.randint(0, 9)}",
        lambda: "function Base:kind() return 'changed' end",
        lambda: "Child.kind = nil", lambda: "Far.kind = Base.get",
        lambda: "function Far:kind() return 'far ' .. Child.kind(self) end",
        lambda: f"Base.{code.pick(fields)} = 'inherited'",
        lambda: f"Child.{code.pick(fields)} = false",
        lambda: "setmetatable(list[1], list[2] and getmetatable(list[2]))",
        lambda: "setmetatable(Child, nil)", lambda: "Far.__index = Base",
        lambda: "Base.__index = function(_, k) return 'f' .. tostring(k) end",
        lambda: f"rawset(list[2], '{code.pick(fields)}', 'raw')",
        lambda: "for i = 1, 40 do list[1]['x' .. i] = i end",
        lambda: "for i = 1, 40 do list[1]['x' .. i] = nil end",
        lambda: "list[2][1], list[2][2] = 'one', 'two'",
        lambda: "for k in pairs(list[3]) do list[3][k] = nil end",
        lambda: "Base.__newindex = function(t, k, v) rawset(t, k, v) "
                "note('new', k) end",
        lambda: f"list[1].{code.pick(fields)} = list[2].{code.pick(fields)}",
        lambda: "collectgarbage()",
    ]
    code.line(f"for round = 1, {rng.randint(1, 3)} do")
    code.indent += 1
    for _ in range(rng.randint(3, 8)):
        code.line("for i, o in ipairs(list) do note(i, pcall(read, o)) end")
        code.line(code.pick([
            "for i, o in ipairs(list) do note(i, pcall(call, o)) end",
            "for i, o in ipairs(list) do pcall(write, o, i * 10 + round) end",
            "for i, o in ipairs(list) do note(i, pcall(add, o)) end",
            "for i, o in ipairs(list) do note(i, keys(o)) end",
            "for i = 1, #list do local o = list[i] note(i, pcall(function() "
            "return o:set('b', i):get('b') end)) end",
        ]))
        code.line(f"note(pcall(function() {code.pick(changes)()} end))")
    code.indent -= 1
    code.line("end")
    code.line("for i, o in ipairs(list) do note(i, keys(o)) end")


def environments(code):
    rng = code.rng
    code.line("local env = setmetatable({x = 1, note = note, pcall = pcall}, "
              "{__index = " + code.pick(["_G", "function(_, k) return k end",
                                         "{y = 'from far'}"]) + "})")
    for _ in range(rng.randint(3, 8)):
        body = code.pick([
            "x = x + 1 return x", "y = 2 return y, x", "z = nil return z",
            "local _ENV = {x = 'inner'} return x",
            "local function f() x = (x or 0) + 5 end f() return x",
            "local _ENV <const> = {note = note} note(x) x = 3 return x",
            "function g1(...) return ..., x end return g1(1, 2)",
            "return _ENV.x, _ENV['y']", "x, y = y, x return x, y",
            "for i = 1, 3 do x = i end return x", "return undefined.field",
            "return undefined()", "_ENV = {x = 9} return x",
            "local _ENV = nil return x", "return (function() return x end)()",
            "local a <const> = 5 x = a * 2 return x // a",
        ])
        form = rng.randint(0, 3)
        if form == 0:
            code.line(f"note(pcall(load({body!r}, '=chunk', 't', env)))")
        elif form == 1:
            code.line(f"note(pcall(load(string.dump(load({body!r}, '=d'), "
                      f"{code.pick(['true', 'false'])}), 'name', 'b', env)))")
        elif form == 2:
            code.line(f"do local _ENV = env note(pcall(function() {body} "
                      "end)) end")
        else:
            code.line(f"note(pcall(function(_ENV) {body} end, env))")
    code.line("note(env.x, env.y, env.z, rawget(env, 'g1') ~= nil)")
    broken = code.pick(["x =", "return 1 +", "for i = 1 do end", "goto nowhere",
                        "local x <const> = 1 x = 2", "break", "x = }",
                        "return ...  )", "local a <what> = 1", "'unfinished",
                        "[[unfinished", "::a:: ::a::", "x = 0x", "y = 1e",
                        "f(", "if x then", "return '\\q'", "x = '\\300'",
                        "local function f() return ... end", "a.b:c = 1",
                        "x = 1 = 2", "(f)", "x.y", "--[[ open", "\\1",
                        "repeat local q until q goto e local r ::e:: f()",
                        "return '\\u{110000000}'", "a = 3x", "and", "@"])
    code.line(f"note(load('{broken}'.gsub and [==[{broken}]==], '=broken'))"
              .replace(f"'{broken}'.gsub and ", ""))
    code.line(f"note(load([==[{broken}]==]))")


def garbage(code):
    """What the collector may show: finalizers, weak tables."""
    rng = code.rng
    code.line("collectgarbage('stop')")
    code.line("local log, keep = {}, {}")
    code.line(f"local weak = setmetatable({{}}, {{__mode = "
              f"'{code.pick(['k', 'v', 'kv'])}'}})")
    for i in range(rng.randint(2, 8)):
        form = rng.randint(0, 5)
        if form == 0:
            code.line(f"do setmetatable({{}}, {{__gc = function() "
                      f"log[#log + 1] = {i} end}}) end")
        elif form == 1:
            code.line(f"keep[{i}] = {{}} weak[{i}] = keep[{i}] "
                      f"weak[keep[{i}]] = {i}")
        elif form == 2:
            code.line(f"weak[{i}] = {{}} weak[{{}}] = {i} weak['s{i}'] = 'v'")
        elif form == 3:
            code.line(f"local k{i} = {{}} weak[k{i}] = {{k{i}}} keep.k = k{i}")
        elif form == 4:
            code.line(f"for i = 1, {rng.randint(1, 300)} do keep.t = {{i, "
                      f"tostring(i), function() return i end}} end")
        else:
            code.line(f"local o{i} = setmetatable({{{i}}}, {{__gc = function("
                      f"o) log[#log + 1] = o[1] keep.again = o end}}) "
                      f"o{i} = nil")
    code.line("collectgarbage('restart') collectgarbage() collectgarbage()")
    code.line("table.sort(log)")
    code.line("note('finalized', table.unpack(log))")
    code.line("local left = {} for k, v in pairs(weak) do left[#left + 1] = "
              "type(k) .. type(v) end table.sort(left)")
    code.line("note(#left, table.concat(left, ' '))")
    code.line("note(keep.again and keep.again[1], collectgarbage('count') > 0,"
              " collectgarbage('isrunning'))")
    code.line(f"note(collectgarbage('{code.pick(['incremental', 'generational'])}"
              f"')) note(collectgarbage('incremental'))")


def positions(code):
    """What debug functions tell: names, lines, tracebacks."""
    rng = code.rng
    code.line("local function where(level) local i = debug.getinfo(level + 1, "
              "'nSltu') return i and table.concat({tostring(i.name), i.namewhat,"
              " i.what, i.currentline, i.linedefined, i.lastlinedefined, "
              "i.nups, i.nparams, tostring(i.isvararg), tostring(i.istailcall)},"
              " ' ') end")
    code.line("local o = {m = function(self) return where(2) end, "
              "f = {g = function() return where(2) end}}")
    code.line("local up = where")
    code.line("function global_where(a, ...) return where(2) end")
    code.line("local m = setmetatable({}, {__index = function() return where(2)"
              " end, __add = function() return where(2) end, __call = function()"
              " return where(2) end, __lt = function() note(where(2)) return "
              "true end, __concat = function() return where(2) end, __unm = "
              "function() return where(2) end, __len = function() return "
              "where(2) end, __close = function() note(where(2)) end, __eq = "
              "function() note(where(2)) end, __newindex = function() "
              "note(where(2)) end})")
    uses = ["note(o:m())", "note(o.m())", "note(o.f.g())", "note(up(1))",
            "note(global_where(1))", "note(m.x)", "note(m + 1)", "note(m())",
            "note(m < m)", "note(m .. 'x')", "note(-m)", "note(#m)",
            "do local c <close> = m end", "note(m == setmetatable({}, "
            "getmetatable(m)))", "m.x = 1", "note((function() return "
            "global_where() end)())", "note(pcall(o.m))",
            "for k in function() return nil, note(where(1)) end do end",
            "note(select(2, pcall(function() error(where(2)) end)))",
            "note(coroutine.wrap(function() return where(1) end)())",
            "table.sort({2, 1}, function(a, b) note(where(2)) return a < b "
            "end)", "note(('x'):gsub('x', function() return where(2) end))",
            "note(load('return debug.traceback()', '=l')())",
            "note(debug.traceback('msg'))", "note(debug.traceback('m', 1))",
            "note(debug.traceback(coroutine.create(print)))",
            "note(xpcall(function() local x = nil; x.y = 1 end, "
            "debug.traceback))", "note(xpcall(error, debug.traceback, 'e', 0))",
            "note(debug.getlocal(1, 1))", "note(debug.getlocal(1, 50))",
            "local l1, l2 = 1, 'two' note(debug.getlocal(1, 9))",
            "note(debug.getupvalue(where, 1))", "note(debug.getlocal(up, 1))",
            "note((function(a, ...) return debug.getlocal(1, -1) end)(1, 2))",
            "note(debug.setlocal(1, 1, where))",
            "for i = 1, 2 do for k, v in pairs({1}) do local n, t = 1, {} "
            "repeat t[n] = debug.getlocal(1, n) n = n + 1 until not t[n - 1] "
            "or t[n - 1] == '(temporary)' t[n - 1] = '.' note(table.concat(t, ' ')) end end"]
    for use in rng.sample(uses, rng.randint(5, 14)):
        code.line(use)
        if code.chance(20):
            code.line("")


def recursion(code):
    rng = code.rng
    depth = rng.choice([10, 100, 1000, 10000, 60000])
    code.line("local function down(n, ...) if n == 0 then return select('#', "
              "...) end return 1 + down(n - 1, ...) end")
    code.line("local function tail(n, a, b) if n == 0 then return a, b end "
              "return tail(n - 1, b, a + n) end")
    code.line("local function mutual(n, f) if n == 0 then return 'end' end "
              "return f(n - 1, f) end")
    code.line("local function guarded(n) if n == 0 then error('bottom', 0) end "
              "local ok, e = pcall(guarded, n - 1) error(e, 0) end")
    code.line("local function closers(n) local c <close> = setmetatable({}, "
              "{__close = function() gi = gi - 1 end}) if n > 0 then "
              "return closers(n - 1) + 1 end return 0 end")
    code.line("local function build(n) return n > 0 and {build(n - 1)} or 'leaf'"
              " end")
    for _ in range(rng.randint(2, 5)):
        code.line(code.pick([
            f"note(down({depth}))", f"note(down({depth}, 1, nil, 3))",
            f"note(tail({depth * 3}, 0, 0))", f"note(mutual({depth}, mutual))",
            f"note(pcall(guarded, {min(depth, 150)}))",
            f"note(closers({min(depth, 100)}))",
            f"local t, n = build({min(depth, 150)}), 0 while type(t) == "
            "'table' do t = t[1] n = n + 1 end note(t, n)",
            f"note(coroutine.wrap(function() return down({depth}) end)())",
            "local function nest(n) if n == 0 then return coroutine."
            "isyieldable() end return coroutine.wrap(nest)(n - 1) end "
            "note(nest(20))",
            f"note(select('#', table.unpack({{}}, 1, {depth})))",
            f"note(#string.rep('x', {depth}, ','), ('x'):rep(8):find(('x?')"
            ":rep(12) .. 'y'))",
            "note(string.gsub('abc', '%w', function(c) return (string.gsub(c, "
            "'.', function(d) return down(10) .. d end)) end))",
        ]))


TOPICS = [operators, integer_loops, metamethods, coroutines, patterns, formats,
          strings, tables, closures, gotos, varargs, limits, errors, objects,
          environments, garbage, positions, recursion, *NUMBER_TOPICS,
          *LIBRARY_TOPICS, *LANGUAGE_TOPICS, *EDGE_TOPICS]
