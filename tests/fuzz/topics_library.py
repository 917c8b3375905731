"""Sections about the standard library: formats, packing, UTF-8, tables with
metamethods, loading, and arguments that are wrong in every way."""

from topics_numbers import integer, number, real, text_number
from writer import STRINGS, quote

WILD = ["nil", "true", "false", "{}", "type", "''", "'x'", "'1'", "0", "1",
        "-1", "2.5", "1e100", "math.mininteger", "math.maxinteger", "0/1", "3",
        "setmetatable({}, {__name = 'My'})", "io.stdout", "(0/0)",
        "coroutine.create(type)", "function() end"]


def string(code):
    rng = code.rng
    if rng.random() < 0.5:
        return quote(rng.choice(STRINGS))
    return quote("".join(rng.choice(["a", "b", "Z", "0", " ", "%%", "\\n",
                                     "\\0", "\\200", "\\\"", "\\\\", "\\r",
                                     "\\1", "\\0019", "\\xe9", "\\t", "."])
                         for _ in range(rng.randint(0, 9))))


def any_value(code):
    rng = code.rng
    return rng.choice([number, number, string, lambda c: rng.choice(WILD)])(
        code)


def conversions(code):
    """string.format with every conversion, good and bad."""
    rng = code.rng
    for _ in range(rng.randint(6, 14)):
        flags = "".join(rng.sample("-+ #0", rng.choice([0, 0, 1, 1, 2, 3])))
        width = rng.choice(["", "", "1", "7", "15", "99", "100", "0", "03"])
        precision = rng.choice(["", "", "", ".", ".0", ".2", ".14", ".99",
                                ".100", ".1."])
        letter = rng.choice("diuxXocfFeEgGaAsqpdixofegasq%nyh")
        if rng.random() < 0.6:  # one that is allowed
            letter = rng.choice("dixXocfeEgGaAs")
            allowed = {"d": "-+0 ", "i": "-+0 ", "x": "-#0", "X": "-#0",
                       "o": "-#0", "c": "-", "s": "-"}.get(letter, "-+#0 ")
            flags = "".join(f for f in flags if f in allowed)
            width = width[:2].lstrip("0")
            precision = "" if letter == "c" else precision[:3].rstrip("1.") \
                if precision != "." else "."
        value = any_value(code) if letter not in "p" else \
            rng.choice(["1", "nil", "true", "2.5"])
        if letter == "s" and (value in ("{}", "type", "io.stdout") or
                              "__name" in value) or \
                "coroutine" in value or "function" in value:
            value = "'s'"
        arguments = rng.choice([f", {value}"] * 6 + ["", f", {value}, 1"])
        code.line(f"note(pcall(string.format, '<%{flags}{width}{precision}"
                  f"{letter}>'{arguments}))")
    code.line(f"note(pcall(string.format, '%d %s %5.1f|%-5s|%05d|%+i %x %c', "
              f"{integer(code)}, {string(code)}, {real(code)}, "
              f"{string(code)}, {integer(code)}, {integer(code)}, "
              f"{integer(code)}, {rng.randint(32, 126)}))")
    value = number(code)
    code.line(f"note(pcall(function() local v = {value} local s = "
              "string.format('%q', v) return s, load('return ' .. s)() == v, "
              "math.type(load('return ' .. s)()) == math.type(v) end))")
    code.line(f"note(pcall(function() local v = {string(code)} local s = "
              "string.format('%q', v) return s, load('return ' .. s)() == v "
              "end))")


PACKS = ["b", "B", "h", "H", "i", "I", "l", "L", "j", "J", "T", "f", "d", "n",
         "i1", "i2", "i3", "i4", "i7", "i8", "i9", "i16", "I3", "I5", "I8",
         "I16", "s", "s1", "s2", "s4", "z", "x", "c3", "c0", "c10", "Xi4",
         "Xd", "Xh", "!", "!1", "!2", "!4", "!8", "!16", "<", ">", "=", " ",
         "i0", "i17", "I20", "c", "X", "!3", "q", "Xz", "Xx", "!32", "s9"]


def packing(code):
    rng = code.rng
    for _ in range(rng.randint(4, 10)):
        good = PACKS if rng.random() < 0.2 else PACKS[:-9]
        items = [rng.choice(good) for _ in range(rng.randint(1, 6))]
        values = []
        for item in items:
            if item[0] in "szc":
                values.append(string(code))
            elif item[0] in "fdn":
                values.append(rng.choice([real(code), integer(code)]))
            elif item[0] in "bBhHiIlLjJT":
                values.append(str(rng.randint(-130, 260))
                              if rng.random() < 0.7 else number(code))
        if values and rng.random() < 0.05:
            values.pop()
        form = "".join(items)
        code.line(f"note(pcall(string.packsize, '{form}'))")
        code.line("note(pcall(function() local s = string.pack('" +
                  ", ".join([form + "'"] + values) + ")")
        code.line(f"  note(#s, s) return string.unpack('{form}', s) end))")
        data = "".join(f"\\{rng.choice([0, 0, 1, 65, 127, 128, 200, 255])}"
                       for _ in range(rng.randint(0, 20)))
        code.line(f"note(pcall(string.unpack, '{form}', '{data}'"
                  f"{rng.choice(['', '', ', 2', ', -3', ', 30', ', -40'])}))")


def utf(code):
    rng = code.rng
    parts = ["a", "z", "\\0", "\\u{e9}", "\\u{20ac}", "\\u{10ffff}", "\\xff",
             "\\x80", "\\xc3", "\\u{d800}", "\\u{7fffffff}", "\\u{200000}",
             "\\xc0\\x80", "\\xe0\\x80\\x80", "\\xf4\\x90\\x80\\x80"]
    for _ in range(rng.randint(4, 10)):
        s = quote("".join(rng.choice(parts[:6] if rng.random() < 0.8 else parts)
                          for _ in range(rng.randint(0, 6))))
        i, j = rng.randint(-8, 12), rng.randint(-8, 12)
        lax = rng.choice(["", "", ", true", ", false"])
        code.line("note(pcall(function() return " + rng.choice([
            f"utf8.len({s})", f"utf8.len({s}, {i})",
            f"utf8.len({s}, {i}, {j}{lax})", f"utf8.codepoint({s}, {i})",
            f"utf8.codepoint({s}, {i}, {j}{lax})",
            f"utf8.codepoint({s}, 1, -1{lax})", f"utf8.offset({s}, {i})",
            f"utf8.offset({s}, {i}, {j})",
            f"utf8.char({abs(i)}, {integer(code)})",
            f"utf8.char({rng.getrandbits(rng.randint(1, 31))})",
            f"({s}):find(utf8.charpattern, {i})",
            f"({s}):upper(), ({s}):reverse(), #{s}",
        ]) + " end))")
        # Lua 5.4.4 skips continuation bytes that continue nothing.
        s = quote("".join(rng.choice(parts[:6] + ["\\u{d800}", "\\xff"])
                          for _ in range(rng.randint(0, 6))))
        code.line(f"note(pcall(function() for p, c in utf8.codes({s}{lax}) do "
                  "note(p, c) end end))")


PIECES = ["a", "b", "1", ".", "%a", "%d", "%s", "%w", "%p", "%x", "%c", "%g",
          "%u", "%l", "%A", "%S", "[abc]", "[^a]", "[a-c1-3]", "[%a_]", "[]]",
          "[^]]", "[]", "[", "[^", "[a", "[a-", "[a-%", "[%", "%", "(", ")",
          "()", "(a)", "(.)", "%1", "%2", "%0", "%b()", "%b", "%b(", "%bxx",
          "%f[a]", "%f", "%f[%w]", "%f[^%w]", "%f[%z]", "$", "^", "-", "*",
          "+", "?", "%%", "%.", "\\0", "[%z]", "[a-\\255]", "[\\0-\\31]", "%9"]


def broken_patterns(code):
    rng = code.rng
    for _ in range(rng.randint(6, 14)):
        p = "".join(rng.choice(PIECES) + rng.choice(["", "", "", "*", "+", "-",
                                                     "?"])
                    for _ in range(rng.randint(1, 5)))
        p = rng.choice(["", "", "^"]) + p + rng.choice(["", "", "", "$"])
        s = "".join(rng.choice(["a", "b", "c", "1", "2", " ", "(", ")", ".",
                                "x", "\\0", "\\200", "]", "%", "A"])
                    for _ in range(rng.randint(0, 14)))
        start = rng.choice(["", "", "", ", 2", ", -2", ", 9", ", 0"])
        replacement = rng.choice(["'<%0>'", "'%1'", "'%%%2'", "'%'", "'%x'",
                                  "'%9'", "{a = 1, b = true}", "{a = {}}",
                                  "function(...) return ... end", "1", "2.5",
                                  "nil", "function() return nil, 'x' end"])
        code.line("note(pcall(function() return " + rng.choice([
            f"string.find('{s}', '{p}'{start})",
            f"string.match('{s}', '{p}'{start})",
            f"string.gsub('{s}', '{p}', {replacement})",
            f"string.gsub('{s}', '{p}', {replacement}, {rng.randint(-1, 3)})",
            f"select('#', string.find('{s}', '{p}'))",
        ]) + " end))")
        code.line(f"note(pcall(function() for a, b in string.gmatch('{s}', "
                  f"'{p}'{start}) do note(a, b) end end))")


def table_functions(code):
    """table.* on proxies that log, with ranges of every kind."""
    rng = code.rng
    code.line("local real, log = {}, true")
    methods = {
        "index": "function(_, k) if log then note('get', k) end return real[k]"
                 " end",
        "newindex": "function(_, k, v) if log then note('set', k, v) end "
                    "real[k] = v end",
        "len": rng.choice(["function() return #real end",
                           f"function() return {rng.randint(-1, 6)} end",
                           "function() return 2.0 end",
                           "function() return 'x' end",
                           "function() return 2.5 end"]),
    }
    kept = [f"__{name} = {body}" for name, body in methods.items()
            if rng.random() < 0.85]
    code.line(f"local p = setmetatable({{}}, {{{', '.join(kept)}}})")
    values = ", ".join(rng.choice([str(rng.randint(-9, 9)), "'s'", "2.5",
                                   str(rng.randint(0, 9))])
                       for _ in range(rng.randint(0, 7)))
    edge = ["math.maxinteger", "math.mininteger", "1 << 31", "'2'", "2.0",
            "2.5", "nil", "math.maxinteger - 1", "1e10"]

    def position():
        return str(rng.randint(-2, 8)) if rng.random() < 0.8 else \
            rng.choice(edge)
    for _ in range(rng.randint(4, 10)):
        t = rng.choice(["p", "p", "t", "t", rng.choice(WILD)])
        i, j, k = position(), position(), position()
        small = [str(rng.randint(-2, 6)) for _ in range(3)]
        code.line(f"do local t = {{{values}}} real = {{{values}}}")
        code.line("note(pcall(function() " + rng.choice([
            f"table.insert({t}, {i}) return #t", f"table.insert({t}, {i}, {j})",
            f"return table.remove({t}, {i})", f"return table.remove({t})",
            f"return table.concat({t}, ',', {small[0]}, {small[1]})",
            f"return table.concat({t}, {i})", f"return table.concat({t})",
            f"return table.unpack({t}, {small[0]}, {small[1]})",
            f"return table.unpack({t}, {i}, {small[0]})",
            f"return table.move({t}, {small[0]}, {small[1]}, {small[2]})[1]",
            f"return table.move({t}, {small[0]}, {small[1]}, {k}, real)[3]",
            f"return table.move({t}, {i}, {small[0]}, {small[1]}) == {t}",
            f"table.sort({t}) return table.unpack({t})",
            f"table.sort({t}, function(a, b) return tostring(a) > tostring(b)"
            f" end) return table.unpack(t)",
            f"table.sort({t}, {rng.choice(WILD)})",
            f"table.insert({t})", f"table.insert({t}, 1, 2, 3)",
            f"return #{t}, rawlen({t}), rawlen(t)",
            f"return type(next({t}, {rng.choice(WILD[:4])}))",
            f"return ipairs({t})",
            f"for i, v in ipairs({t}) do note(i, v) if i > 9 then break end "
            "end", f"return rawget({t}, {i}), rawequal({t}, t)",
            f"rawset({t}, {i}, {j}) return rawget({t}, {i})",
            f"{t}[{i}] = {j} return {t}[{i}]",
            f"return select({i}, {t}, 2, 3)", f"return table.pack({t}).n",
            f"log = false local n = #{t} for i = 1, 40 do {t}[n + i] = i end "
            f"return #{t}, table.concat({t}, ' ', n + 1, n + 40)",
        ]) + " end)) end")
        code.line("log = true")


FUNCTIONS = """assert error getmetatable ipairs load next pairs pcall rawequal
rawget rawlen rawset select setmetatable tonumber tostring type xpcall
string.byte string.char string.find string.format string.gmatch string.gsub
string.len string.lower string.match string.rep string.reverse string.sub
string.upper string.pack string.packsize string.unpack table.concat
table.insert table.move table.pack table.remove table.sort table.unpack
math.abs math.ceil math.floor math.fmod math.max math.min math.modf math.sqrt
math.tointeger math.type math.ult math.exp math.log
utf8.char utf8.codepoint utf8.codes utf8.len utf8.offset
coroutine.close coroutine.create coroutine.isyieldable coroutine.resume
coroutine.status coroutine.wrap coroutine.yield
debug.getmetatable debug.getupvalue debug.upvalueid debug.traceback
debug.setmetatable os.time os.date io.lines io.open
collectgarbage warn
""".split()


def wrong_arguments(code):
    rng = code.rng
    code.line("local function o(...) return ... end")
    for _ in range(rng.randint(8, 20)):
        name = rng.choice(FUNCTIONS)
        arguments = [any_value(code) if rng.random() < 0.4 else
                     rng.choice(WILD) for _ in range(rng.randint(0, 3))]
        if name in ("string.rep", "coroutine.wrap", "debug.setmetatable",
                    "table.concat", "collectgarbage", "table.unpack", "warn",
                    "debug.upvalueid", "io.lines", "io.open", "os.time",
                    "os.date", "table.move", "debug.traceback", "table.remove",
                    "table.insert", "string.pack"):
            safe = ["nil", "{}", "'x'", "true", "1.5", "-1", "type"]
            arguments = [rng.choice(safe) for _ in arguments]
            if name in ("io.open", "io.lines", "debug.setmetatable"):
                arguments[:1] = ["{}"]
            if name == "collectgarbage":
                arguments = ["'nothing'"]
            if name in ("os.date", "os.time"):
                arguments = [rng.choice(["{}", "'*x'", "'%E'", "true"])]
        call = f"{name}({', '.join(arguments)})"
        if "tostring" in call or "string.format" in call and "%p" in call:
            call = f"type({call})"
        code.line("note(pcall(function() " + rng.choice([
            f"return {call}", f"local r = {call} return r",
            f"return {call}, 1", f"local f = {name} return f("
            f"{', '.join(arguments)})",
            f"return o({name})({', '.join(arguments)})"]) + " end))")
        code.line("note(pcall(" + ", ".join([name] + arguments) + "))")
    for method in rng.sample(["upper", "rep", "byte", "sub", "format", "nope",
                              "find", "len"], 3):
        code.line(f"note(pcall(function() local s = {any_value(code)} return "
                  f"s:{method}({rng.choice(['', '{}', '1', 'nil'])}) end))")


def loading(code):
    rng = code.rng
    sources = ["return ...", "return 1, 2", "x = ", "local a <const> = 1 "
               "return a", "return x", "return function() return x end",
               "error('e')", "error({})", "return _ENV", "# not a comment",
               "--\\nreturn debug.traceback('t')", "goto l ::l:: return 'l'",
               "return select('#', ...)", "local t = {1, 2, n = 3} return #t"]
    for _ in range(rng.randint(3, 8)):
        source = rng.choice(sources)
        quoted = quote(source)
        mode = rng.choice(["'t'", "'b'", "'bt'", "nil", "''", "'x'"])
        name = rng.choice(["'=name'", "'@file.lua'", "'text'", "nil",
                           "'a\\nb'", "('long'):rep(30)", "'@' .. "
                           "('long'):rep(30)", "'=' .. ('long'):rep(30)"])
        env = rng.choice(["", ", _G", ", {}", ", {x = 'env'}", ", nil"])
        body = f"load({quoted}, {name}, {mode}{env})"
        code.line("note(pcall(function() " + rng.choice([
            f"local f, e = {body} note(type(f), e) return f and f(1, 2)",
            f"return pcall({body})",
            f"local f = load({quoted}, {name}) local d = string.dump(f, "
            f"{rng.choice(['true', 'false'])}) local g, e = load(d, {name}, "
            f"{mode}{env}) note(type(g), e) return g and g(1, 2)",
            f"local parts, i = {{{', '.join(repr(source[k:k + 3]) for k in range(0, len(source), 3)) if chr(92) not in source else repr('return 1')}}}, 0 "
            f"local f, e = load(function() i = i + 1 return parts[i] end, "
            f"{name}) note(type(f), e, i) return f and f()",
            f"local n = 0 return load(function() n = n + 1 if n > 2 then "
            f"return {rng.choice(['nil', '{}', 'error(1)', chr(39) * 2])} "
            f"end return {rng.choice(['--', 'x = ', 'x = = 1 ', ') y z ', '[=', '3x '])!r} end, {name})",
            "return dofile('/nonexistent'), loadfile('/nonexistent')",
            "return loadstring",
        ]) + " end))")
    code.line("local function outer() local u, v = 1, {} return function(...) "
              "u = u + 1 return u, v, ... end end")
    code.line("local d = load(string.dump(outer())) note(pcall(d, 1)) "
              "note(debug.getupvalue(d, 1), debug.getupvalue(d, 2))")
    code.line("note(debug.setupvalue(d, 1, 41), pcall(d, 'arg'))")
    code.line(f"local w = load(string.dump(function(a, b, ...) {rng.choice(['return a + b', 'local c <close> = nil return ...', 'for i = a, b do note(i) end', 'return {a, b, ...}', 'return a.x', 'goto e do return 1 end ::e:: return b'])} end, "
              f"{rng.choice(['true', 'false'])}))")
    code.line(f"note(pcall(w, {number(code)}, {rng.randint(1, 5)}, 3))")


def dates(code):
    rng = code.rng
    for _ in range(rng.randint(3, 8)):
        t = rng.choice(["0", "86400", "1e9", str(rng.getrandbits(31)),
                        str(rng.getrandbits(36)), "-1", integer(code)])
        letter = rng.choice("aAbBcdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%EOQ")
        fields = ["year = " + rng.choice(["2024", "1970", "2000", "'2001'",
                                          "1e10", "99", "-1"]),
                  "month = " + rng.choice(["1", "13", "0", "2", "-5", "1.5"]),
                  "day = " + rng.choice(["1", "31", "400", "0", "'x'"])]
        if rng.random() < 0.1:
            fields.pop(rng.randrange(3))
        if rng.random() < 0.5:
            fields.append("hour = " + rng.choice(["0", "12", "25", "-1"]))
        if rng.random() < 0.4:
            fields.append("min = " + rng.choice(["0", "99", "2^40"]))
        if rng.random() < 0.3:
            fields.append("sec = " + rng.choice(["59", "61", "nil", "1.0"]))
        if rng.random() < 0.2:
            fields.append("isdst = " + rng.choice(["true", "false", "1"]))
        code.line("note(pcall(function() return " + rng.choice([
            f"os.date('!%{letter}', {t})", f"os.date('!%E{letter}', {t})",
            f"os.date('!%O{letter}', {t})",
            f"os.time{{{', '.join(fields)}}}",
            f"os.date('!%Y-%m-%d %H:%M:%S', os.time{{{', '.join(fields)}}})",
            f"os.date('!*t', {t}).{rng.choice(['year', 'yday', 'wday', 'isdst', 'hour', 'sec'])}",
            f"os.difftime({t}, {integer(code)})",
        ]) + " end))")
        code.line(f"note(pcall(function() local t = {{{', '.join(fields)}}} "
                  "os.time(t) return t.year, t.month, t.day, t.hour, t.min, "
                  "t.sec, t.wday, t.yday, t.isdst end))")


def text_functions(code):
    rng = code.rng
    for _ in range(rng.randint(5, 12)):
        s, s2 = string(code), string(code)
        i, j = rng.choice([str(rng.randint(-9, 9)), number(code)]), \
            str(rng.randint(-9, 9))
        code.line("note(pcall(function() return " + rng.choice([
            f"({s}):sub({i}, {j})", f"({s}):byte({i}, {j})",
            f"({s}):rep({j}, {s2})", f"({s} .. 'x'):rep(1 << 62)",
            f"({s}):find({s2}, {i}, true)", f"{s} < {s2}, {s} <= {s2}",
            f"{s} .. {s2} .. {number(code)}", f"({s}):len(), #{s2}",
            f"tostring({s}), ({s}):lower():upper()",
            f"string.char({j}, {rng.randint(0, 300)})",
            f"({s}):gsub({s2}, {s})", f"({s}):gsub('', '-')",
            f"({s}):gsub('.', {{[{s2}] = 1}})",
            f"{quote(text_number(code))} + 1", f"({s})[{i}], ({s}).len",
            f"({s}):split()", f"({s}).x.y", f"#({s}):format({number(code)})",
            f"table.concat({{{s}, {s2}, {number(code)}}}, {s})",
            f"({s}):reverse():byte(-1)", f"({s} .. {s2}):gmatch('.')()",
            f"select(-1, ({s}):byte(1, -1))",
        ]) + " end))")


LIBRARY_TOPICS = [conversions, packing, utf, broken_patterns, table_functions,
                  wrong_arguments, loading, dates, text_functions]
