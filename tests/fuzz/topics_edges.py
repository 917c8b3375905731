"""Sections about edges: metatables of basic types, sorting with bad
comparators, broken source text, huge functions, ranges at the ends of the
integers, what debug functions tell of functions, tasks that wait for each
other, iterators."""

import re

from writer import Code, Function


def basic_metatables(code):
    """Metamethods of numbers, nil, booleans, functions and strings."""
    rng = code.rng
    code.line("local set = debug.setmetatable")
    examples = {"nil": "nil", "number": "1", "boolean": "true",
                "function": "print", "thread":
                "coroutine.create(print)", "string": "''"}
    kinds = rng.sample(sorted(examples), rng.randint(1, 3))
    bodies = ["'{k}:{e}'", "type(x), type(y)", "rawequal(x, y)", "nil",
              "note('{k}:{e}', type(x), type(y))", "y", "error('{e}', 0)"]
    for kind in kinds:
        fields = []
        for event in rng.sample(["add", "sub", "mul", "div", "idiv", "mod",
                                 "pow", "unm", "concat", "len", "eq", "lt",
                                 "le", "call", "index", "newindex", "band",
                                 "shl", "bnot", "close"], rng.randint(3, 12)):
            body = rng.choice(bodies).format(k=kind, e=event)
            fields.append(f"__{event} = function(x, y) return {body} end")
        if kind == "string" and not any("__index" in f for f in fields):
            fields.append("__index = string")
        code.line(f"set({examples[kind]}, {{{', '.join(fields)}}})")
    values = ["nil", "1", "2.5", "true", "false", "type", "'s'", "'7'", "{}",
              "co", "math.mininteger"]
    code.line("local co = coroutine.create(type)")
    code.line("local out = {}")
    for _ in range(rng.randint(8, 18)):
        a, b = rng.choice(values), rng.choice(values)
        op = rng.choice(["+", "-", "*", "/", "//", "%", "^", "..", "<", "<=",
                         ">", "==", "~=", "&", "<<", "|"])
        code.line(f"out[#out + 1] = table.pack(pcall(function() local a, b = "
                  f"{a}, {b} " + rng.choice([
                      f"return a {op} b", f"return a {op} b",
                      f"return ({a}) {op} b", f"return a {op} ({b})",
                      "return -a", "return #a", "return ~b", "return a(b, 1)",
                      "return a.field", "return a[b]", "a.field = b",
                      "a[1] = b return a[1]", "return a:method(b)",
                      "return a.x.y", "local c <close> = a return 'c'",
                      f"if a {op} b then return 'yes' end return 'no'",
                      "for i in a do return i end", "for i = a, b do return i "
                      "end", "return select('#', a(b))", "return a .. b .. a",
                  ]) + " end))")
    for kind in kinds:
        code.line(f"set({examples[kind]}, " +
                  ("{__index = string})" if kind == "string" else "nil)"))
    code.line("for i = 1, #out do local r = out[i] for k = 2, r.n do r[k] = "
              "type(r[k]) == 'table' and 'table' or r[k] end note(i, "
              "table.unpack(r, 1, r.n)) end")


def sorting(code):
    rng = code.rng
    for _ in range(rng.randint(2, 6)):
        count = rng.choice([0, 1, 2, 3, 4, 5, 8, 20, 60, 99])
        values = [rng.choice([str(rng.randint(0, count)), f"{rng.randint(0, 9)}"
                              ".5", str(rng.randint(-5, 5))])
                  for _ in range(count)]
        if count and rng.random() < 0.2:
            values[rng.randrange(count)] = rng.choice(
                ["'s'", "{}", "(0/0)", "true"])
        compare = rng.choice([
            "nil", "function(a, b) return a < b end",
            "function(a, b) return a > b end", "function() return true end",
            "function(a, b) return a <= b end", "function() return false end",
            "function() return nil end", "function() return 0 end",
            "function(a, b) n = n + 1 return n % 2 == 0 end",
            "function(a, b) n = n + 1 return n % 7 < 3 end",
            "function(a, b) n = n + 1 if n > 5 then error('cmp', 0) end "
            "return a < b end",
            "function(a, b) return a // 2 < b // 2 end",
            "function(a, b) return coroutine.yield(a) end",
            "function(a, b) t[1] = nil return a < b end",
            "function(a, b) return tostring(a) < tostring(b) end",
            "math.ult", "setmetatable({}, {__call = function() end})",
            f"function(a, b) n = n + 1 t[{count + 1}] = n return a < b end"])
        code.line(f"do local n, t = 0, {{{', '.join(values)}}}")
        code.line(f"note(pcall(table.sort, t, {compare}))")
        code.line(f"note(n, table.unpack(t, 1, {count + 1})) end")


TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|"
                   r"0x[\w.]+|\d[\w.]*|\.\.\.|\.\.|==|~=|<=|>=|//|::|<<|>>|"
                   r"\s+|.", re.S)
WORDS = ["and", "break", "do", "else", "elseif", "end", "false", "for",
         "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat",
         "return", "then", "true", "until", "while", "+", "-", "*", "/", "%",
         "^", "#", "&", "~", "|", "<<", ">>", "//", "==", "~=", "<=", ">=",
         "<", ">", "=", "(", ")", "{", "}", "[", "]", "::", ";", ":", ",", ".",
         "..", "...", "name", "1", "0x", "1e", "'s'", "'", '"', "--[[", "[[",
         "<const>", "<close>", "<what>", "::a::", "goto a", "\\", "@", "!",
         "3x", "'\\q'", "'\\300'", "local a <const> = 1 a = 2", "break "]


def syntax(code):
    """Source with one to three wrong places: what `load` says of it."""
    rng = code.rng
    for _ in range(rng.randint(1, 3)):
        other = Code(rng)
        other.stack.append(Function(True, ["i"]))
        other.budget = rng.randint(1, 8)
        other.open_scope()
        for _ in range(rng.randint(1, 4)):
            other.statement()
        other.line(other.return_text())
        tokens = TOKEN.findall("\n".join(other.lines))
        for _ in range(rng.randint(1, 6)):
            changed = list(tokens)
            for _ in range(rng.choice([1, 1, 1, 2, 3])):
                at = rng.randrange(len(changed))
                form = rng.randint(0, 4)
                if form == 0:
                    del changed[at:at + rng.choice([1, 1, 2])]
                elif form == 1:
                    changed.insert(at, changed[at])
                elif form == 2:
                    changed[at] = rng.choice(WORDS)
                elif form == 3:
                    changed.insert(at, " " + rng.choice(WORDS) + " ")
                else:
                    changed = changed[:at]
                changed = changed or [" "]
            text = "".join(changed)
            name = rng.choice(["=s", "=s", "@file.lua", text[:10].split("\n")[0]
                               .replace("\\", "").replace('"', "") + " ..."])
            # 5.4.4 has another line for a call that opens on a later one.
            code.line(f'note((tostring(select(2, load([=====[\n{text}]=====], '
                      f'"{name}"))):gsub("0x%x+", ""):gsub(" %(to close '
                      '.%(. at line %d+%)", "")))')


def huge_functions(code):
    """Locals, upvalues, constants, arguments and nesting around the limits."""
    rng = code.rng
    form = rng.randint(0, 8)
    n = rng.choice([1, 49, 50, 51, 197, 198, 199, 200, 201, 202, 240, 249, 250,
                    251, 252, 253, 254, 255, 256, 257, 300])
    source = {
        0: lambda: " ".join(f"local l{i} = {i}" for i in range(n)) +
        f" return l0 + l{n - 1}",
        1: lambda: "local " + ", ".join(f"l{i}" for i in range(n)) +
        " = ... return l0",
        2: lambda: "local f = function(...) return select('#', ...), ... end "
        "return f(" + ", ".join(str(i) for i in range(n)) + ")",
        3: lambda: "return " + "(" * n + "1" + ")" * n,
        4: lambda: "return " + " .. ".join(["'a'"] * n),
        5: lambda: "local a = 1 return " + "a" + " + (a" * n
        + ")" * n,
        6: lambda: "".join(f"local a{k}_{i} = {i} " for k in range(2)
                           for i in range(min(n, 99))) +
        "return function() local s = 0 " + "".join(
            f"s = s + a{k}_{i} " for k in range(2) for i in range(min(n, 99)))
        + "return s end",
        7: lambda: "local t = {" + ", ".join(
            rng.choice([f"{i}", f"k{i} = {i}", f"[{i}] = 'v'"])
            for i in range(n * 3)) + "} local c, s = 0, 0 for k, v in pairs(t) "
        "do c = c + 1 end return c, t[1], t[2], t.k3",
        8: lambda: "do " * n + "return 1 " + "end " * n,
    }[form]()
    code.line(f"local f, m = load([==[{source}]==], '=h')")
    code.line("note(m) if f then local r = table.pack(pcall(f, 1, 2, 3)) "
              "note(r.n, r[1], r[2], r[3], r[r.n]) if type(r[2]) == 'function' "
              "then note(pcall(r[2])) end end")
    count = rng.choice([120, 250, 255, 256, 257, 510, 600])
    outer = "".join(f"local x{i} = {i} " for i in range(min(count, 190)))
    code.line("note(pcall(load([==[" + outer + "local function f(n) local s = "
              "n " + " ".join(f"s = s + {i}.25" for i in range(count)) +
              f" if s > 3 then goto e end s = 'k{count}' ::e:: return s end "
              "return f(1), f(-1e9)]==])))")


def ranges(code):
    """Positions at the ends of the integers for whatever takes positions."""
    rng = code.rng
    edge = ["math.mininteger", "math.maxinteger", "math.maxinteger - 1",
            "math.mininteger + 1", "-1", "0", "1", "2", "3", "4", "-4", "10",
            "1 << 31", "-(1 << 31)", "1 << 32", "2.0", "-1.0", "2^53", "'2'",
            "'-1'", "'0x3'", "2.5", "nil", "1e100"]
    code.line("local t, s = {11, 22, 33, n = 3}, 'abc\\0d'")
    code.line("local function few(...) if select('#', ...) > 20 then return "
              "'many', select('#', ...) end return ... end")
    for _ in range(rng.randint(8, 20)):
        i, j, k = rng.choice(edge), rng.choice(edge), rng.choice(edge)
        code.line("note(pcall(function() return few(" + rng.choice([
            f"s:sub({i}, {j})", f"s:byte({i}, {j})", f"s:find('%z', {i})",
            f"s:find('', {i})", f"s:match('()', {i})",
            f"s:gsub('', '-', {i})", f"s:gmatch('.', {i})()",
            f"table.unpack(t, {i}, {rng.choice(['-1', '0', '3', '5', 'math.mininteger'])})",
            f"table.unpack(t, math.maxinteger - {rng.randint(0, 4)}, "
            "math.maxinteger)",
            f"table.unpack(t, math.mininteger, {i})", f"select({i}, 1, 2, 3)",
            f"select({i})", f"table.concat(t, ',', {i}, "
            f"{rng.choice(['3', '1', '0', '-1'])})",
            f"table.move(t, {rng.choice(['1', '0', '-5', '2.0'])}, "
            f"{rng.choice(['0', '1', '4'])}, {k})[2]",
            f"table.move({{1, 2, 3}}, 1, 3, {k} or 2)[3]",
            f"table.insert({{1, 2, 3}}, {i}, 'x')",
            f"table.remove({{1, 2, 3}}, {i})", f"('x'):rep({i}, "
            f"{rng.choice(['', '','nil', 'nil'])}nil) == nil"
            if i in ("-1", "0", "1", "2", "nil", "2.5", "'2'", "1e100")
            else f"s:len({i})",
            f"utf8.offset(s, {i}, {j})", f"utf8.len(s, {i}, {j})",
            f"utf8.codepoint(s, {i}, {j})", f"string.unpack('b', s, {i})",
            f"({i}) << ({j}), ({i}) >> ({j})", f"({i}) // ({j}), ({i}) % ({j})",
            f"math.fmod({i}, {j})", f"math.ult({i}, {j})",
            f"math.tointeger({i})", f"tostring({i}), ({i}) == ({j})",
            f"({i}) < ({j}), ({i}) <= ({j})", f"t[{i}], rawget(t, {i})",
            f"math.abs({i}), -({i})", f"string.format('%d|%5.1f', {i}, {j})",
            f"string.format('%x %q', {i}, {j})", f"tonumber(s, {i})",
            f"ipairs(t)(t, {i})", f"string.char({i}, 65)", f"utf8.char({i})",
        ]) + ") end))")
    for _ in range(rng.randint(2, 5)):
        start = rng.choice(["math.maxinteger", "math.mininteger", "0"])
        a, b = rng.randint(-6, 6), rng.randint(-6, 6)
        step = rng.choice([1, -1, 2, -2, 3, -3, 5, "math.maxinteger",
                           "math.mininteger", "-math.maxinteger", "1 << 62"])
        code.line(f"do local a, b, s, n = {start} + {a}, {start} + {b}, {step},"
                  f" 0 for i = a, b, s do n = n + 1 note(i) if n > 7 then "
                  f"break end end for i = {start} + {a}, {start} + {b}, {step} "
                  "do n = n + i if i ~= i or n > 1 << 40 then break end end "
                  "note(n) end")


def functions_seen(code):
    """What getinfo, getlocal, upvalue functions say of functions."""
    rng = code.rng
    parameters = rng.sample(["a", "b", "c", "..."], rng.randint(0, 3))
    if "..." in parameters:
        parameters.remove("...")
        parameters.append("...")
    code.line("local u1, u2, u3 = 1, 'two', {}")
    code.line(f"local function f({', '.join(parameters)})")
    code.line("  local x <const>, y = 5, u1")
    code.line(rng.choice(["  u2 = y", "  local z = u3 and u2", "", "  -- rem"]))
    for line in rng.sample(["  do local inner = 1 y = inner end",
                            "  for i = 1, 2 do local k = i y = k end",
                            "  if y then local q = y y = q end",
                            "  local g = function() return y, u1 end",
                            "  while y == nil do local w y = w end", ""], 3):
        code.line(line)
    code.line("  local names = {} for l = 1, 30 do local n, v = "
              "debug.getlocal(1, l) if not n then break end names[l] = "
              "n:sub(1, 1) == '(' and '.' or n end")
    code.line("  note(table.concat(names, ' '):match('^[^.]*'))")
    code.line("  local i = debug.getinfo(1, 'nSltu') note(i.name, i.namewhat, "
              "i.what, i.currentline, i.linedefined, i.lastlinedefined, "
              "i.nups, i.nparams, i.isvararg, i.istailcall, i.short_src)")
    code.line("  note(debug.getlocal(1, -1)) note(debug.getlocal(1, -2))")
    code.line("  return x, y")
    code.line("end")
    code.line("local function lines(f) local r = {} for l in pairs(debug."
              "getinfo(f, 'L').activelines or {}) do r[#r + 1] = l end "
              "table.sort(r) return table.concat(r, ' ') end")
    calls = ["note(f(1, 2, 3))", "note(f())", "return f(1)",
             "note(pcall(f, 1, nil))", "note(coroutine.wrap(f)(7, 8, 9))",
             "local t = {m = f} note(t:m(2), t.m(3))", "note((f(4)))",
             "for l = 1, 4 do note(debug.getlocal(f, l)) end",
             "for l = 1, 4 do note(debug.getupvalue(f, l)) end",
             "note(debug.setupvalue(f, 1, 'new')) note(u1, u2)",
             "note(pcall(debug.setupvalue, f, 9, 1))",
             "note(debug.upvalueid(f, 1) == debug.upvalueid(function() "
             "return u1 end, 1))",
             "local function g() return u2 end debug.upvaluejoin(f, 1, g, 1) "
             "note(debug.getupvalue(f, 1))",
             "note(pcall(debug.upvaluejoin, f, 1, f, 9))",
             "note(pcall(debug.getinfo, f, 'X')) note(pcall(debug.getinfo, "
             "f, '>')) note(debug.getinfo(99))", "note(lines(f))",
             "local i = debug.getinfo(f, 'Su') note(i.source, i.what, i.nups, "
             "i.nparams, i.isvararg)",
             "local i = debug.getinfo(print) note(i.what, i.short_src, "
             "i.currentline, i.linedefined, i.nparams, i.isvararg, i.source)",
             "note(pcall(debug.getlocal, 99, 1)) note(pcall(debug.setlocal, "
             "99, 1, 2))",
             "local w = 5 note(debug.setlocal(1, 1, 6)) note(w)",
             "local co = coroutine.create(function(p, ...) local q = p "
             "coroutine.yield() return q end) coroutine.resume(co, 1, 2) "
             "for l = -2, 3 do note(debug.getlocal(co, 1, l)) end "
             "note(debug.setlocal(co, 1, 2, 'set')) note(coroutine.resume(co))"
             " note(debug.traceback(co))"]
    for call in rng.sample(calls, rng.randint(4, 10)):
        code.line(f"note(pcall(function() {call} end))")


def tasks(code):
    """Coroutines that resume, close and wait for each other."""
    rng = code.rng
    code.line("local co, at = {}, {}")
    code.line("local function say(i, ...) note(i, coroutine.running() ~= nil, "
              "...) return ... end")
    code.line("local function states() local r = {} for i = 1, #co do r[i] = "
              "coroutine.status(co[i]) end return table.concat(r, ' ') end")
    count = rng.randint(2, 5)
    for i in range(1, count + 1):
        code.line(f"co[{i}] = coroutine.create(function(...)")
        code.line(f"  say({i}, 'start', ...)")
        for _ in range(rng.randint(1, 5)):
            j = rng.randint(1, count)
            code.line("  " + rng.choice([
                f"say({i}, coroutine.yield({rng.randint(1, 9)}))",
                f"say({i}, coroutine.resume(co[{j}], 'by {i}'))",
                f"say({i}, coroutine.close(co[{j}]))" if j != i else
                f"say({i}, states())",
                f"say({i}, pcall(coroutine.close, co[{j}]))",
                f"local c <close> = closing('c{i}')",
                "local c <close> = setmetatable({}, {__close = function(_, e) "
                "note('y', e, coroutine.yield('in close')) end})",
                "local c <close> = setmetatable({}, {__close = function(_, e) "
                f"error('close {i}', 0) end}})",
                f"if #at > {rng.randint(0, 4)} then error('e{i}') end",
                f"at[#at + 1] = {i}", f"say({i}, states())",
                f"say({i}, pcall(function() coroutine.yield('p') error('q') "
                "end))",
                f"say({i}, pcall(pcall, coroutine.yield, 'pp'))",
                f"say({i}, select('#', coroutine.yield(coroutine.yield())))",
                f"for a, b in coroutine.wrap(function() coroutine.yield(1, {i})"
                f" coroutine.yield(2, co[{j}] and 'x') end) do say(a, b) end",
                f"local t = setmetatable({{}}, {{__index = function(_, k) "
                f"return coroutine.yield(k) end}}) say({i}, t.key, t[{j}])",
                f"say({i}, xpcall(coroutine.yield, print, 'xp'))",
                f"say({i}, coroutine.isyieldable(), coroutine.status(co[{j}]))",
                f"say({i}, table.unpack({{coroutine.yield('u')}}))",
            ]))
        code.line(rng.choice([f"  return 'end {i}'", "  return ...",
                              f"  error({{{i}}})", "  return coroutine.yield("
                              "'last')", f"  error('last {i}', 0)"]))
        code.line("end)")
    # Lua 5.4.4 leaves the handler of an xpcall that yielded in force.
    close = not any("xpcall" in line for line in code.lines)
    if not close:
        code.lines = [line for line in code.lines
                      if "coroutine.close" not in line]
    for step in range(rng.randint(4, 14)):
        i = rng.randint(1, count)
        code.line(f"note(coroutine.resume(co[{i}], {step})) note(states())")
        if close and rng.random() < 0.15:
            code.line(f"note(pcall(coroutine.close, co[{i}])) note(states())")


def iterators(code):
    rng = code.rng
    code.line("local function step(s, i) i = i + 1 if i <= s then return i, "
              "i * i end end")
    code.line("local callable = setmetatable({}, {__call = function(_, s, i) "
              "i = (i or 0) + 1 if i < 4 then return i, s end end})")
    code.line("local listed = setmetatable({}, {__pairs = function(t) return "
              "step, 3, 0 end, __index = function(_, i) if i < 4 then return "
              "i * 2 end end})")
    for _ in range(rng.randint(3, 8)):
        source = rng.choice([
            "step, 3, 0", "step, 3", "callable, 's'", "pairs(listed)",
            "ipairs(listed)", "('a1b2'):gmatch('%a%d')",
            "('k=v, x=y'):gmatch('(%w)=(%w)')", "('aaa'):gmatch('^a')",
            "('abc'):gmatch('()')", "('ab cd'):gmatch('%f[%w]%w+')",
            "ipairs({1, 2, nil, 4})", "next, {5, 6}", "next, {5}, 1",
            "coroutine.wrap(function() coroutine.yield(1) coroutine.yield(2, "
            "3) end)", "counter(3)", "generate(3)", "utf8.codes('a\\u{e9}z')",
            "nil", "5", "{}", "step, 3, 0, closing('it')", "step, 3, 0, 7",
            "step, 'x', 0", "step, nil, nil", "pairs(nil)", "ipairs()",
            "select(2, nil, step, 2, 0)", "string.gmatch('abc', '')"])
        body = rng.choice([
            "note(a, b)", "note(a, b) if n > 1 then break end",
            "fns[#fns + 1] = function() a = (tonumber(a) or 0) + 1 return a, b "
            "end", "if n == 2 then goto continue end note(a, b, c)",
            "local q <close> = closing('q' .. n) if n == 2 then break end"
            if "closing" not in source else "note(n)",
            "note(pcall(function() if n == 2 then error('inner') end return a "
            "end))", "if n == 2 then error({}) end", "return a, b",
            "do local a = b note(a) end",
            "note(type(a), type(b), c)"])
        run = rng.choice(["note(pcall(function() {} end))",
                          "note(coroutine.wrap(function() return pcall("
                          "function() {} end) end)())"])
        code.line(run.format("local n = 0 for a, b, c in " + source + " do n ="
                             " n + 1 do " + body + " end ::continue:: end "
                             "return 'after', n"))


EDGE_TOPICS = [basic_metatables, sorting, syntax, huge_functions, ranges,
               functions_seen, tasks, iterators]
