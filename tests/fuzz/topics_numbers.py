"""Sections about numbers: where integers wrap, leave the 51 bits kept inline
or meet floats, and how text becomes a number and a number text."""

from writer import EDGE_FLOATS, EDGE_INTEGERS, quote

BINARY = ["+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<<", ">>"]
COMPARISONS = ["<", "<=", ">", ">=", "==", "~="]
POWERS = [31, 32, 49, 50, 51, 52, 53, 54, 62, 63, 64]


def integer(code):
    """An integer near a power of two, or a random one."""
    rng = code.rng
    roll = rng.random()
    if roll < 0.45:
        value = (1 << rng.choice(POWERS)) + rng.randint(-3, 3)
    elif roll < 0.7:
        value = rng.randint(-20, 20)
    elif roll < 0.85:
        value = rng.getrandbits(rng.randint(1, 64))
    else:
        return "(" + rng.choice(EDGE_INTEGERS) + ")"
    value = (value + (1 << 63)) % (1 << 64) - (1 << 63)
    if rng.random() < 0.4:
        value = -value
    if abs(value) >= 1 << 63:
        return "math.mininteger"
    return f"({value})" if rng.random() < 0.8 else \
        f"({'-' if value < 0 else ''}0x{abs(value):x})"


def real(code):
    rng = code.rng
    roll = rng.random()
    if roll < 0.35:
        value = f"2.0^{rng.choice(POWERS)} + {rng.randint(-2, 2)}"
        return f"({'-' if rng.random() < 0.4 else ''}({value}))"
    if roll < 0.6:
        return "(" + rng.choice(EDGE_FLOATS) + ")"
    if roll < 0.8:
        return f"({rng.randint(-9, 9)}.{rng.choice(['0', '5', '25', '1'])})"
    return f"({rng.uniform(-1e3, 1e3) * 10.0 ** rng.randint(-20, 20)!r})"


def number(code):
    return integer(code) if code.chance(60) else real(code)


def text_number(code):
    """The text of a string that is or nearly is a number."""
    rng = code.rng
    sign = rng.choice(["", "", "", "-", "+", "- "])
    space = rng.choice(["", "", "", " ", "\\t", "\\n ", "\\v", "\\f "])
    digits = rng.choice([
        str(rng.randint(0, 99)), str(rng.getrandbits(63)),
        str(rng.getrandbits(66)), hex(rng.getrandbits(40)),
        hex(rng.getrandbits(70)), "0X1p4", "0x.8", "0x8.", "0x.p1", ".5", "5.",
        ".", "1e5", "1E+5", "1e-5", "1e", "1e+", "0x1p", "0x1p-3", "0xAp+2",
        "inf", "nan", "0x", "1_000", "1 2", "0b1", "1e308", "1e309", "1e-400",
        "0x1p1023", "0x1p1024", "0x1p-1074", "0x1p-1075", "", "00012",
        f"{rng.uniform(0, 1e6):.{rng.randint(0, 20)}f}", "9" * 30, "0" * 50
        + "7", "0x" + "f" * 20, "0x0.00000000000000000001p80", "1e1\\0",
        "1\\0", f"{rng.randint(1, 9)}e{rng.randint(-330, 330)}"])
    return space + sign + digits + rng.choice(["", "", "", space, "x"])


def arithmetic(code):
    """A walk of operations over values in every kind of place."""
    rng = code.rng
    code.line(f"local a, b, c = {number(code)}, {number(code)}, "
              f"{number(code)}")
    code.line(f"local t = {{x = {number(code)}, {number(code)}}}")
    code.line("local function up() return a end")
    code.line("local function put(v) b = v return v end")
    places = ["a", "b", "c", "t.x", "t[1]"]
    for _ in range(rng.randint(5, 14)):
        values = [rng.choice(places + ["up()", number(code), number(code)])
                  for _ in range(3)]
        op, op2 = rng.choice(BINARY), rng.choice(BINARY)
        target = rng.choice(places)
        form = rng.choice([
            "{t} = {0} {op} {1}", "{t} = {0} {op} {1} {op2} {2}",
            "{t} = {0} {op} ({1} {op2} {2})", "{t} = -{0} {op} {1}",
            "{t} = ~{0} {op} {1}", "{t} = put({0}) {op} {1}",
            "local d <const> = {n} {t} = {0} {op} d",
            "for i = 1, 3 do {t} = {0} {op} i end",
            "for i = 1, 3 do {t} = i {op} {0} {op2} {1} end",
            "if {0} {cmp} {1} then {t} = {2} else {t} = {0} {op} {1} end",
            "while {0} {cmp} {1} do {t} = {2} {op} {0} break end",
        ]).format(*values, t=target, op=op, op2=op2, n=number(code),
                  cmp=rng.choice(COMPARISONS))
        code.line(f"note(pcall(function() {form} return {target} end))")


def comparisons(code):
    rng = code.rng
    for _ in range(rng.randint(3, 8)):
        a, b = number(code), number(code)
        if code.chance(30):
            b = f"({a} + {rng.choice(['0', '1', '-1', '0.5', '0.0', '1.0'])})"
        op = rng.choice(COMPARISONS)
        code.line(f"do local a, b = {a}, {b}")
        code.line(f"  note(a {op} b, b {op} a, a {op} {b}, {a} {op} b)")
        code.line("  local t = {[a] = 'a', [b] = 'b'} note(t[a], t[b], "
                  "rawequal(a, b), math.type(next({[a] = 1})))")
        code.line(f"  note(a {op} {rng.randint(-3, 3)}, "
                  f"{rng.randint(-3, 3)}.5 {op} b)")
        code.line(f"  if a {op} b then note('yes') end "
                  f"if not (a {op} b) then note('no') end")
        code.line("  note(math.max(a, b), math.min(a, b), a == b and b == a)")
        code.line("end")


def loops(code):
    rng = code.rng
    for _ in range(rng.randint(2, 6)):
        start, stop = number(code), number(code)
        if code.chance(50):
            stop = f"{start} + {rng.randint(-4, 6)}"
        step = rng.choice(["", "", ", 1", ", -1", ", " + number(code),
                           ", " + number(code), f", {rng.randint(-3, 3)}",
                           ", 0.5", ", -0.25", ", 0.0"])
        code.line("note(pcall(function() local n, sum, r = 0, 0, {} for i = "
                  f"{start}, {stop}{step} do n = n + 1 r[n] = i sum = sum + i "
                  "if n >= 5 then break end end return n, sum, "
                  "table.unpack(r) end))")
        code.line("note(pcall(function() local n = 0 local a, b, s = "
                  f"{start}, {stop}, {step[2:] or 1} for i = a, b, s do n = n "
                  "+ 1 local j = i fns[#fns + 1] = function() j = j + i return"
                  " j end if n >= 3 then return n, i end end return n end))")


def conversions(code):
    rng = code.rng
    for _ in range(rng.randint(5, 12)):
        s = quote(text_number(code))
        n = number(code)
        base = rng.choice([rng.randint(2, 36), rng.randint(2, 36), 1, 37, 0])
        digits = "".join(rng.choice("0123456789abcxyzABCXYZ-")
                         for _ in range(rng.randint(0, 14)))
        op = rng.choice(BINARY)
        code.line("note(pcall(function() return " + rng.choice([
            f"tonumber({s}), math.tointeger({s})", f"{s} {op} {n}",
            f"{n} {op} {s}", f"{s} {op} {quote(text_number(code))}",
            f"-{s}, ~{s}", f"~{s}", f"{n} .. ''", f"{n} .. {s}",
            f"tostring({n}), ({n}) | 0", f"string.format('%d', {n})",
            f"string.format('%d', {s})", f"string.format('%.14g', {n})",
            f"tonumber('{digits}', {base})", f"tonumber('  {digits} ', {base})",
            f"tonumber({n}, {base})", f"math.tointeger({n})",
            f"('x'):rep({n} & 3)", f"({s}):sub({n} % 5)",
            f"({n}) << {rng.randint(-70, 70)}, ({n}) >> {rng.randint(-70, 70)}",
            f"{s} == {n}, {s} < {s}", f"#tostring({n})",
            f"table.concat({{{n}, {n}, {s}}}, ' ')",
            f"select({n}, 1, 2, 3)", f"string.char({n})",
            f"('abc'):byte({n})", f"load('return ' .. {s})",
            f"load('return ' .. {s})()", f"utf8.char({n})",
        ]) + " end))")


def mathematics(code):
    rng = code.rng
    for _ in range(rng.randint(5, 12)):
        a, b, c = number(code), number(code), number(code)
        if code.chance(10):
            a = quote(text_number(code))
        code.line("note(pcall(function() return " + rng.choice([
            f"math.fmod({a}, {b})", f"math.modf({a})", f"math.floor({a})",
            f"math.ceil({a})", f"math.abs({a})", f"math.ult({a}, {b})",
            f"math.max({a}, {b}, {c})", f"math.min({a}, {b}, {c})",
            f"math.tointeger({a})", f"math.sqrt({a}), math.exp({b} % 7)",
            f"math.log({a}, {b})", f"math.log({a}), math.log({a}, 2), "
            f"math.log({a}, 10)", f"math.type({a}), math.type({b} .. '')",
            "math.max()", "math.type()", f"math.atan({a}, {b})",
            f"math.sin({a}), math.cos({a}), math.tan({a})",
            f"{a} // {b}, {a} % {b}", f"{a} // -{b}, {a} % -{b}",
            f"(-{a}) // {b}, (-{a}) % {b}",
            f"math.floor({a} / {b}), {a} // {b}",
            f"math.random({a}, {a})", f"math.random({a}, {b}) ~= nil",
            "math.random(0) ~= nil", f"math.random({rng.randint(-3, 0)}) ~= "
            "nil", "math.random(1, 2, 3)", f"math.randomseed({a}, {b})",
            f"math.pi * {a}", "math.floor(), 1", "math.fmod(1, 0)",
            f"math.fmod({a}, 0.0)", "math.maxinteger + 0.0 == 2^63",
        ]) + " end))")
    seed, other = integer(code), integer(code)
    code.line(f"math.randomseed({seed}{rng.choice(['', ', ' + other])})")
    for _ in range(rng.randint(1, 4)):
        low = rng.randint(-9, 9)
        code.line("note(pcall(function() return " + rng.choice([
            "math.random(), math.random()", f"math.random({rng.randint(1, 99)})",
            f"math.random({low}, {low + rng.randint(0, 40)})",
            "math.random(0)", "math.random(math.mininteger, math.maxinteger)",
            f"math.random({low}, {integer(code)})", "math.random(1 << 40)",
        ]) + " end))")


def literals(code):
    rng = code.rng
    for _ in range(rng.randint(4, 10)):
        base = text_number(code).strip().replace("\\", "")
        source = rng.choice([base, base, "-" + base, base + "..1",
                             base + " ..1", base + "or 1", "0xep1", "3.e", "1..2",
                             "0x1.8p1", "1//0", "1%0", "1.0//0", "2^-1074",
                             "- -" + base, base + "." + base])
        code.line(f"note(load([==[return {source}]==], '=l'))")
        code.line(f"note(pcall(load([==[return {source}]==], '=l') or error))")
    escapes = ["\\a", "\\65", "\\0655", "\\x41", "\\x4", "\\u{48}", "\\u{7fffffff}",
               "\\u{}", "\\u{80000000}", "\\z  x", "\\\n", "\\'", '\\"', "\\q",
               "\\255", "\\256", "\\1", "\\\\", "\\xfg", "\\u41", "\\r\\n", "\\9z"]
    for _ in range(rng.randint(2, 6)):
        body = "".join(rng.choice(escapes + ["a", "b", "1", " "])
                       for _ in range(rng.randint(1, 4)))
        code.line("note(load([==[return '" + body + "']==], '=l'))")
        code.line("note(pcall(load([==[return '" + body + "']==], '=l') or "
                  "error))")


NUMBER_TOPICS = [arithmetic, comparisons, loops, conversions, mathematics,
                 literals]
