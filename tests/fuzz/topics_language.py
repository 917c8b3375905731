"""Sections about the language: order of evaluation, to-be-closed variables,
chains of metamethods, names and levels in errors, hooks, keys of tables."""

from topics_numbers import number
from writer import quote


def evaluation_order(code):
    """Functions that say when they run, in every kind of expression."""
    rng = code.rng
    code.line("local x, y, z, t = 1, 2, 3, {10, 20, 30, k = 'v', t = {5}}")
    code.line("local function f(n, ...) note('f', n) x = x + 1 return n, ... "
              "end")
    code.line("local function g(n) y = y * 2 t[n] = y return t end")
    code.line("local m = setmetatable({}, {__index = function(_, k) note('get'"
              ", k) return k end, __newindex = function(_, k, v) note('set', "
              "k, v) end, __call = function(_, ...) note('call', ...) return "
              "... end, __lt = function(a, b) note('lt') return true end, "
              "__le = function() note('le') return false end, __eq = function()"
              " note('eq') return true end, __concat = function(a, b) "
              "note('concat', type(a), type(b)) return 'c' end, __add = "
              "function(a, b) note('add', type(a), type(b)) return 7 end})")
    atoms = ["x", "y", "z", "f(1)", "f(2, 3)", "(f(4, 5))", "g(1)[1]", "t[x]",
             "t.k", "t[f(2)]", "m[x]", "m.a", "x + f(1)", "f(1) + x", "-f(3)",
             "t.t[1]", "m(x, f(6, 7))", "m + x", "x + m", "#g(2).t", "1", "'s'",
             "nil", "x < f(2)", "x == f(1)", "f(1) and x", "x or f(2)",
             "not f(1)", "(function() x = x + 1 return x end)()", "m .. x .. y",
             "select('#', f(1, 2), f(3, 4))", "{f(1), f(2)}[1]"]
    targets = ["x", "y", "z", "t[1]", "t[x]", "t.k", "t[f(1)]", "g(2)[x]",
               "m.a", "m[f(3)]", "t.t[1]", "g(3).t[1]", "gi", "m.b"]
    for _ in range(rng.randint(5, 14)):
        values = ", ".join(rng.choice(atoms[:-1])
                           for _ in range(rng.randint(1, 4)))
        names = ", ".join(rng.choice(targets)
                          for _ in range(rng.randint(1, 4)))
        form = rng.choice([
            f"{names} = {values}", f"{names} = {values}",
            f"local a, b, c = {values} note(a, b, c)", f"note({values})",
            f"local r = {{{values}}} note(r[1], r[2], r[3])",
            f"local r = {{{values}, k = f(9), {values}}} note(r[1], r.k)",
            f"return {values}", f"return f({values})", f"return m({values})",
            f"m:a({values})", f"note(m:b({values}))",
            f"if {rng.choice(atoms[:-1])} then note('t') else note('e') end",
            f"for i = {rng.choice(['1', 'f(1)', 'x'])}, "
            f"{rng.choice(['3', 'f(2)', 'x + 2'])} do x = x + 1 note(i) "
            "if i > 9 then break end end",
            f"local a <const> = {rng.choice(atoms[:-1])} note(a, a)",
            f"repeat local q = {rng.choice(atoms[:-1])} until q or true",
        ])
        code.line(f"note(pcall(function() {form} end)) note(x, y, z, t[1], "
                  "t[2], t.k)")


def closers(code, depth=3, level=0):
    """Blocks with to-be-closed variables left in every way."""
    rng = code.rng
    if level == 0:
        code.line("local n = 0")
        code.line("local function c(name, bad) return setmetatable({}, "
                  "{__close = function(_, e) n = n + 1 note(name, n, e) if bad "
                  "then error(bad, 0) end end}) end")
        code.line("local function body(a)")
        closers(code, depth, 1)
        code.line("return 'end', n")
        code.line("end")
        run = rng.choice(["note(pcall(body, {}))",
                          "note(coroutine.wrap(function() return pcall(body, "
                          "{}) end)())",
                          "do local co = coroutine.wrap(body) for i = 1, 9 do "
                          "local r = table.pack(pcall(co, {})) note(table."
                          "unpack(r, 1, r.n)) if not r[1] then break end end "
                          "end"])
        for i in range(rng.randint(1, 4)):
            code.line(run.format(i))
        return
    for _ in range(rng.randint(1, 3)):
        name = code.fresh("c")
        bad = rng.choice(["", "", "", ", 'bad'", ", {}", ", 'e" + name + "'"])
        form = rng.randint(0, 9)
        code.line({0: "do", 1: "for i = 1, 3 do", 2: "while n < 30 do",
                   3: "repeat", 4: "note(pcall(function(...)",
                   5: f"for k, v in next, {{1, 2, x = 3}}, nil, c('{name}'"
                      f"{bad}) do",
                   6: "local function inner(q)", 7: "do goto in_" + name +
                   " ::in_" + name + "::", 8: "if a then",
                   9: "for i = 3, 1, -1 do"}[form])
        if rng.random() < 0.8:
            code.line(f"local {name} <close> = " + rng.choice([
                f"c('{name}'{bad})"] * 6 + ["nil", "false", "{}", "1"]))
        if depth > 0 and rng.random() < 0.6:
            closers(code, depth - 1, level + 1)
        leave = ["note('here', n)", "if n > 4 then return n, 'left' end",
                 "if n > 20 then return body end", "if a == 2 then error('x') "
                 "end", "if n == 3 then error({}) end", "do return tostring(n)"
                 " end", "local r = n + 1 note(r)",
                 "if n % 3 == 2 then return n end"]
        # Lua 5.4.4 does not close the fourth value of a for loop left by a
        # break out of the scope of another to-be-closed variable.
        if form in (1, 2, 3, 9):
            leave += ["if n > 1 then break end", "do break end",
                      "goto out_" + name]
        if level == 1 or form != 6:
            leave.append("if a == 1 then coroutine.isyieldable() end")
        code.line(rng.choice(leave))
        if form == 2:
            code.line("n = n + 7")
        code.line({3: "until burn() or n > 5", 4: "end, 1))",
                   6: f"end note(pcall(inner, {rng.randint(0, 2)}))"}.get(
                       form, "end"))
        code.line(f"::out_{name}::")


def chains(code):
    """__index, __newindex and __call through several objects."""
    rng = code.rng
    count = rng.randint(2, 7)
    code.line("local o = {}")
    for i in range(1, count + 1):
        fields = ", ".join(rng.sample(["a = 1", "b = 'b'", "c = false", "[1] = "
                                       "'one'", "[2.5] = 'x'", f"d{i} = {i}",
                                       "f = function(...) return 'f', select("
                                       "'#', ...) end"], rng.randint(0, 3)))
        code.line(f"o[{i}] = {{{fields}}}")
    for i in range(1, count + 1):
        j = rng.randint(1, count) if rng.random() < 0.1 else max(i - 1, 1)
        index = rng.choice([f"o[{j}]", f"o[{j}]", f"function(t, k) note('get "
                            f"{i}', k) return o[{j}][k] end",
                            "function(_, k) return k end", "nil", "'str'", "5"
                            if rng.random() < 0.3 else f"o[{j}]"])
        new = rng.choice([f"o[{j}]", f"function(t, k, v) note('set {i}', k, v) "
                          "rawset(t, k, v) end", f"function(t, k, v) o[{j}][k]"
                          " = v end", "nil", "nil", "5" if rng.random() < 0.3
                          else f"o[{j}]"])
        call = rng.choice([f"o[{j}]", "function(self, ...) return type(self), "
                           "... end", "nil", "print and select", "7"])
        if j >= i:
            index, new, call = "nil", "nil", "nil"
        parts = [f"__index = {index}", f"__newindex = {new}",
                 f"__call = {call}"]
        extra = rng.choice(["", "__metatable = 'locked', ", "__name = 'N', ",
                            "__len = function() return 3 end, ",
                            "__tostring = function() return 'T' end, ",
                            "__tostring = function() return 1 end, ",
                            "__pairs = function(t) return next, {1, 2}, nil end"
                            ", ", "__mode = 'k', ",
                            "__eq = function() return 1 end, "])
        code.line(f"setmetatable(o[{i}], {{{extra}{', '.join(parts)}}})")
    for _ in range(rng.randint(6, 14)):
        i, j = rng.randint(1, count), rng.randint(1, count)
        k = rng.choice(["a", "b", "c", "d1", "d2", "f", "zz"])
        key = rng.choice(["[1]", "[2.5]", "." + k, "." + k, f"['{k}']", "[1.0]",
                          "[nil]", "[{}]", "[0/0]"])
        code.line("note(pcall(function() " + rng.choice([
            f"return o[{i}]{key}", f"o[{i}]{key} = {number(code)} return "
            f"rawget(o[{i}], 'a'), o[{i}]{key}", f"return o[{i}]:f(1, 2)",
            f"return o[{i}].{k}(o[{j}])", f"return o[{i}](1, nil, 3)",
            f"return o[{i}](o[{j}])", f"return pcall(o[{i}], 1)",
            f"return o[{i}] == o[{j}], rawequal(o[{i}], o[{j}])",
            f"return #o[{i}], rawlen(o[{i}])",
            f"local s = tostring(o[{i}]) return s:match('^%a+')",
            f"return getmetatable(o[{i}]) == 'locked'",
            f"return setmetatable(o[{i}], nil) == o[{i}]",
            f"local r = {{}} for k, v in pairs(o[{i}]) do r[#r + 1] = type(v) "
            "end table.sort(r) note(table.concat(r))",
            f"return o[{i}].{k}.x.y", f"return o[{i}] .. 'x'",
            f"return o[{i}] < o[{j}]", f"return o[{i}] + 1",
            f"return -o[{i}], 1", f"return o[{i}].zz.x",
            f"o[{i}].zz.x = 1", f"return o[{i}].zz()", f"o[{i}]:zz()",
            f"return select(2, o[{i}](o[{j}], 5))",
            f"return coroutine.wrap(o[{i}])(1, 2)",
            f"table.sort({{3, 1, 2}}, o[{i}])",
            f"return ('x'):gsub('x', o[{i}])",
            f"for a, b in o[{i}] do note(a, b) break end",
        ]) + " end))")


def levels(code):
    """error levels, messages, handlers, tracebacks through many frames."""
    rng = code.rng
    values = ["'m'", "nil", "{}", "1", "2.5", "true", "'line\\n2'",
              "setmetatable({}, {__tostring = function() return 'obj' end})"]
    code.line("local function a(l, v)")
    code.line("  error(v, l)")
    code.line("end")
    code.line("local function b(...)")
    code.line("  local r = a(...) return r")
    code.line("end")
    code.line("local t = {m = function(self, ...) b(...) return 1 end}")
    code.line("function t.n(...) return b(...) end")
    code.line("local mt = setmetatable({}, {__index = function(_, k) b(2, k) "
              "end, __add = function(x, y) b(2, 'add') end, __gc = nil, "
              "__unm = function() a(2, 'unm') end, __eq = function() "
              "t:m(1, 'eq') end, __lt = function() error('lt', 2) end, "
              "__concat = function() error('cc', 2) end, __call = function(_, "
              "...) error('call', 2) end, __len = function() error() end, "
              "__newindex = function() error('ni', 3) end})")
    for _ in range(rng.randint(4, 9)):
        level, value = rng.randint(0, 5), rng.choice(values)
        call = rng.choice([
            f"a({level}, {value})", f"b({level}, {value})",
            f"t:m({level}, {value})", f"t.n({level}, {value})",
            f"local x = t.n({level}, {value}) .. ''", "local x = mt.field",
            "local x = mt + 1", "local x = -mt", "local x = mt == setmetatable("
            "{}, getmetatable(mt))", "local x = mt < 1", "local x = mt .. 1",
            "mt(1)", "local x = #mt", "mt.x = 1", "local x <close> = mt",
            "local x; x()", "local x; x.y.z = 1", "t.q.r()", "t:q()",
            "undefinedglobal()", "undefined.field.x = 1", "local s = 'x' + t",
            "local s = t .. 'x'", "local s = 1 < 'x'", "local s = {} < {}",
            "local s = nil > 1", "for i = 'a', 2 do end", "for i = 1, 2, 0 do "
            "end", "for i = 1, {} do end", "local s = 2^53 | 1.5",
            "local s = '1.5' | 1", "local s = 'a' & 1", 
            "string.rep()", "('x'):rep({})", "('x'):bad()",
            "t.m()", "setmetatable(1, {})", "local s = #5", "local s = -{}",
            "local s = math.floor('x')", "string.format('%d', 'x')",
            "string.format('%d', 2.5)", "ipairs()", "select(0)",
            "local s = t.x.y.z", "t[nil] = 1", "t[0/0] = 1", "rawset(t, nil, 1)",
            "local s = (1)()", "local s = ('x')()", "local s = ({})()",
            "local s = (t.m).x.y", "assert(false)", "assert(nil, 'am')",
            "assert(false, {})", "assert()", "error()", "error(nil)",
            "coroutine.wrap(function() error('in co') end)()",
            "coroutine.wrap(function() error({}) end)()",
            "coroutine.yield()", "load('x =')()", "require('nope.nope')",
            "table.concat({{}})", "table.concat({1, 2, nil, 4}, ',', 1, 4)",
            "tostring()", "next({}, 'k')", "rawlen(5)", "table.sort({1, 'x'})",
        ])
        if "require" in call:
            call = "error('r', 1)"
        protect = rng.choice([
            "note(pcall(function(...) {} end))",
            "note(pcall(function(...) {} end, 1, 2))",
            "note(xpcall(function(...) {} end, function(e) return type(e), "
            "tostring(e):match('^[^:]*:?%d*') end))",
            "note(xpcall(function() {} end, debug.traceback))",
            "note(xpcall(function() {} end, function(e) return debug.traceback("
            "'tb', 1) end))",
            "note(xpcall(function() {} end, function(e) return e .. 'x' end))",
            "note(xpcall(function() {} end, function(e) error(e) end))",
            "do local co = coroutine.create(function() {} end) note("
            "coroutine.resume(co)) note(debug.traceback(co), "
            "coroutine.status(co), coroutine.close(co)) end",
            "note(pcall(coroutine.wrap(function() {} end)))",
            "note(pcall(pcall, function() {} end))",
            "note(pcall(load([==[{}]==], '=chunk')))",
            "note(pcall(string.gsub, 'ab', '.', function() {} end))",
            "note(pcall(table.sort, {{2, 1}}, function() {} end))",
        ])
        protect = protect.replace("{{2, 1}}", "{2, 1}")
        code.line(protect.replace("{}", call, 1) if "'ab'" not in protect else
                  protect.replace("{}", call))


def keys(code):
    """Table keys of every kind, lengths, next, changes while traversing."""
    rng = code.rng
    code.line("local t = {" + ", ".join(str(i) for i in range(
        rng.randint(0, 9))) + "}")
    # Which border of an array with holes # gives is not defined.
    code.line("local function len(t) local n = #t return (n == 0 or t[n] ~= "
              "nil) and t[n + 1] == nil end")
    pool = ["1", "2", "3", "8", "9", "16", "0", "-1", "1.0", "2.5", "-0.0",
            "2^53", "1 << 50", "1 << 51", "-(1 << 51)", "math.mininteger",
            "math.maxinteger", "math.huge", "'a'", "'b'", "'1'", "''", "true",
            "false", "t", "print", "1e300", "'" + "long" * 12 + "'", "1 << 62",
            "2.0^62", "5 // 1", "10 / 2", "'k' .. 1", "nil", "0/0"]
    for _ in range(rng.randint(5, 16)):
        k, k2 = rng.choice(pool), rng.choice(pool)
        n = rng.randint(1, 40)
        code.line("note(pcall(function() " + rng.choice([
            f"t[{k}] = {number(code)} return t[{k}], t[{k2}]",
            f"t[{k}] = nil return t[{k}]", f"return t[{k}], t[{k2}]",
            f"t[{k}], t[{k2}] = 1, 2 return t[{k}], t[{k2}]",
            f"t = {{[{k}] = 1, [{k2}] = 2, 3}} return t[{k}], t[{k2}], t[1]",
            "return len(t)", f"for i = 1, {n} do t[i] = i end return len(t)",
            f"for i = 60, 1, -1 do t[i] = nil end return len(t)",
            "local n = 0 while t[n + 1] ~= nil do n = n + 1 end "
            f"for i = 1, {n} do t[n + i] = i end return len(t)",
            f"for i = 1, {n} do t['f' .. i] = i end local c = 0 for k in "
            "pairs(t) do c = c + 1 end return c",
            "local c = 0 for k, v in pairs(t) do t[k] = nil c = c + 1 end "
            "return c, next(t), len(t)",
            "local s = 0 for k, v in pairs(t) do t[k] = 5 s = s + 1 end return "
            "s", "local r = {} for k, v in pairs(t) do r[#r + 1] = type(k) .. "
            "tostring(math.type(k)) end table.sort(r) return table.concat(r, "
            "' ')", "local n = 0 for i, v in ipairs(t) do n = i if i > "
            "50 then break end end return n",
            f"local u = {{}} for i = {n}, 1, -1 do u[i] = i end return len(u)",
            f"local u = {{}} for i = 1, {n} do u[i * 2] = i end local c = 0 "
            "for _ in next, u do c = c + 1 end return c",
            f"local u = {{}} for i = 1, {n} do u[i / 2] = i end return u[1], "
            f"u[0.5], u[{n} // 4], #u >= 0",
            f"local u = {{n = 1, {k}}} u.n = nil u.m = 2 return next(u, nil) ~="
            " nil", f"return rawget(t, {k}), rawequal(t[{k}], t[{k2}])",
            f"rawset(t, {k}, 'raw') return t[{k}]", f"return next(t, {k}) ~= 1",
            f"local u = table.move(t, 1, 9, {n}) return len(u)",
        ]).replace("return next(t, " + k + ") ~= 1", "return t[" + k + "]")
            + " end))")


def hooks(code):
    """The lines a line hook sees, calls and returns."""
    rng = code.rng
    events = rng.choice(["l", "c", "r", "cr"])
    code.line("local seen = {}")
    code.line("local function add(e, l) if #seen < 60 then seen[#seen + 1] = "
              "e:sub(1, 1) .. (l or debug.getinfo(2, 'n').name or '') end end")
    code.line("local function work(n)")
    for _ in range(rng.randint(2, 6)):
        for line in rng.choice([
            ["local a = n + 1", "local b = a * 2"], ["if n > 2 then",
                                                     "n = n - 1", "else",
                                                     "n = n + 1", "end"],
            ["for i = 1, 3 do", "n = n + i", "end"],
            ["while n > 100 do", "n = n // 2", "end"],
            ["repeat", "n = n + 1", "until n > 3"],
            ["local t = {n,", "n + 1,", "x = n}", "n = t[1]"],
            ["local s = tostring(n)", "s = s:rep(2)"],
            ["for k, v in ipairs({1, 2}) do", "n = n + v", "end"],
            ["local function f(x)", "return x + n", "end", "n = f(1)"],
            ["do", "local q = n", "n = q", "end"],
        ]):
            code.line("  " + line)
    code.line("  return n")
    code.line("end")
    code.line(f"debug.sethook(add, '{events}')")
    code.line(f"local r = work({rng.randint(0, 9)})")
    code.line("debug.sethook()")
    code.line("note(r, table.concat(seen, ' '))")


def shared_upvalues(code):
    """Variables shared by closures, coroutines and loops with goto."""
    rng = code.rng
    code.line("local list, shared = {}, 0")
    names = [f"v{i}" for i in range(rng.randint(1, 4))]
    start = ", ".join(rng.choice(["0", "1", "'s'", "nil", "{}", "2.5"])
                      for _ in names)
    for depth in range(rng.randint(1, 3)):
        code.line("  " * depth + rng.choice([
            f"for i{depth} = 1, {rng.randint(1, 3)} do",
            f"for _, i{depth} in ipairs({{1, 2}}) do",
            f"local i{depth} = 0 while i{depth} < 2 do i{depth} = i{depth} + 1",
            f"local i{depth} = 0 repeat i{depth} = i{depth} + 1"]))
        last = depth
    code.line(f"    local {', '.join(names)} = {start}")
    for _ in range(rng.randint(1, 5)):
        v, w = rng.choice(names), rng.choice(names)
        code.line("    " + rng.choice([
            f"list[#list + 1] = function() {v} = ({v} or 0) == {w} and 1 or {w}"
            f" shared = shared + 1 return {v}, {w} end",
            f"list[#list + 1] = coroutine.wrap(function() for q = 1, 3 do "
            f"{v} = q coroutine.yield({v}, {w}) end return 'over' end)",
            f"if shared % 2 == {rng.randint(0, 1)} then goto continue end",
            f"{v}, {w} = {w}, {v}", f"do local {v} = {w} list[#list + 1] = "
            f"function() {v} = shared return {v} end end",
            f"list[#list + 1] = function() return (function() {w} = "
            f"i{last} return {w} end)() end",
            f"i{last} = i{last} + 0", f"shared = shared + i{last}",
            f"if #list > 6 then break end",
        ]))
    code.line("    ::continue::")
    for depth in range(last, -1, -1):
        opened = [line for line in code.lines
                  if line.startswith(("  " * depth + "for i" + str(depth),
                                      "  " * depth + "for _, i" + str(depth),
                                      "  " * depth + "local i" + str(depth)))]
        code.line(f"until i{depth} > 2" if "repeat" in opened[-1] else "end")
    code.line("for round = 1, 3 do for i, f in ipairs(list) do note(i, "
              "pcall(f)) end end note(shared)")


LANGUAGE_TOPICS = [evaluation_order, closers, chains, levels, keys, hooks,
                   shared_upvalues]
