"""Random Lua code: expressions by type and statements over typed variables.

A Code object writes one program. Every expression is asked for by type, so
that most programs run a long way, and a few operands are of a wrong type, so
that errors are compared too:

  i integer   f float   n any number   s string   b boolean
  a array of numbers (a proper sequence)   o object with fields x, y, name

Programs end: loops have bounds of their own, and functions burn fuel that the
prelude counts. Nothing printed depends on addresses, hashing or the sign of a
NaN.
"""

EDGE_INTEGERS = [
    "0", "1", "-1", "2", "3", "7", "8", "10", "15", "16", "31", "63", "64",
    "65", "100", "127", "128", "255", "256", "1000", "32767", "32768", "65535",
    "65536", "0x7fffffff", "0x80000000", "-0x80000000", "0xffffffff",
    "(1 << 49)", "(1 << 50) - 1", "(1 << 50)", "-(1 << 50)", "-(1 << 50) - 1",
    "(1 << 51)", "(1 << 53)", "(1 << 53) + 1", "(1 << 62)",
    "0x7fffffffffffffff", "math.mininteger", "math.mininteger + 1",
    "0xdeadbeefcafebabe", "-0x123456789abcdef",
]
EDGE_FLOATS = [
    "0.0", "-0.0", "0.5", "1.0", "-1.0", "1.5", "-2.5", "3.0", "0.1", "1e15",
    "1e16", "2^31", "2^53", "-2^53", "2^53 + 1.0", "2^63", "-2^63", "1e100",
    "-1e308", "1e308 * 10", "-1e308 * 10", "5e-324", "1e-10", "123456.789",
    "0x1p-2", "0x.8", "3.14159265358979", "math.huge", "-math.huge",
]
STRINGS = [
    "", "a", "b", "ab", "abc", "hello", "Hello World", "0", "1", "10", "-7",
    "0x10", "1e1", " 5 ", "3.0", "0.5", "1e", "nan", "x=1, y=2",
    "key = value", "a,b,,c", "%d", "aaa", "abab", "the quick brown fox",
    "9007199254740993", "9223372036854775807", "9223372036854775808",
    "0x1p4", "\\0zero", "tab\\tnew\\nline", "\\xff\\xfe", "longer than forty "
    "bytes so that it is not interned",
]
ARITHMETIC = ["+", "-", "*"]
BITWISE = ["&", "|", "~", "<<", ">>"]
COMPARISONS = ["<", "<=", ">", ">=", "==", "~="]
TYPES = "iiffsboan"


def quote(text):
    return '"' + text + '"'


class Function:
    """What is known of the function being written."""

    def __init__(self, vararg, returns):
        self.vararg = vararg
        self.returns = returns
        self.locals = 0
        self.loops = 0


class Code:
    def __init__(self, rng):
        self.rng = rng
        self.lines = []
        self.indent = 0
        self.scopes = []  # lists of (name, type, assignable)
        self.functions = []  # scopes of (name, parameter types, result types)
        self.stack = []
        self.names = 0
        self.budget = 0  # statements left

    # ---- writing ---------------------------------------------------------

    def line(self, text):
        self.lines.append("  " * self.indent + text)

    def text(self):
        return "\n".join(self.lines) + "\n"

    def fresh(self, prefix):
        self.names += 1
        return f"{prefix}{self.names}"

    def chance(self, percent):
        return self.rng.random() * 100 < percent

    def pick(self, items):
        return self.rng.choice(items)

    def open_scope(self):
        self.scopes.append([])
        self.functions.append([])
        self.indent += 1

    def close_scope(self):
        self.scopes.pop()
        self.functions.pop()
        self.indent -= 1

    def declare(self, name, kind, assignable=True):
        self.scopes[-1].append((name, kind, assignable))

    def variables(self, kind, assignable=False):
        kinds = "if" if kind == "n" else kind
        return [name for scope in self.scopes for name, k, a in scope
                if (k in kinds or k == kind) and (a or not assignable)]

    def known_functions(self, kind):
        return [f for scope in self.functions for f in scope
                if f[2] and f[2][0] == kind]

    # ---- expressions -----------------------------------------------------

    def expr(self, kind, depth=3):
        if self.chance(0.6):
            kind = self.pick("ifsbox")  # a wrong operand
        return getattr(self, "expr_" + kind)(depth)

    def variable(self, kind):
        names = self.variables(kind)
        if not names:
            return None
        # recent ones more often
        return names[-1 - min(int(self.rng.expovariate(0.3)), len(names) - 1)]

    def leaf(self, kind):
        name = self.variable(kind)
        if name and self.chance(70):
            return name
        if kind == "n":
            kind = self.pick("if")
        if kind == "i":
            if self.chance(70):
                return str(self.rng.randint(-3, 20))
            return "(" + self.pick(EDGE_INTEGERS) + ")"
        if kind == "f":
            return "(" + self.pick(EDGE_FLOATS) + ")"
        if kind == "s":
            return quote(self.pick(STRINGS))
        if kind == "b":
            return self.pick(["gb", "not gb", "gi == 1", "gi ~= gf"])
        return name or getattr(self, "expr_" + kind)(0)

    def call(self, kind, depth):
        found = self.known_functions(kind)
        if not found:
            return None
        name, parameters, results = self.pick(found)
        arguments = [self.expr(p, depth - 1) for p in parameters]
        if arguments and self.chance(5):
            arguments.pop()
        if self.stack[-1].vararg and self.chance(8):
            arguments.append("...")
        text = f"{name}({', '.join(arguments)})"
        return f"({text})" if len(results) > 1 and self.chance(30) else text

    def choice(self, kind, depth):
        """A value by and/or."""
        return (f"({self.expr('b', depth - 1)} and {self.expr(kind, depth - 1)}"
                f" or {self.expr(kind, depth - 1)})")

    def closure_value(self, kind, depth):
        """A function called where it stands."""
        self.stack.append(Function(False, kind))
        text = f"(function() return {self.expr(kind, depth - 1)} end)()"
        self.stack.pop()
        return text

    def common(self, kind, depth):
        roll = self.rng.random()
        if roll < 0.35:
            return self.leaf(kind)
        if roll < 0.55:
            return self.call(kind, depth) or self.leaf(kind)
        if roll < 0.80:
            return self.choice(kind, depth)
        if roll < 0.90:
            return self.closure_value(kind, depth)
        return f"({self.expr(kind, depth - 1)})"

    def expr_i(self, depth):
        if depth <= 0:
            return self.leaf("i")
        roll = self.rng.random()
        if roll < 0.30:
            return self.common("i", depth)
        a, b = self.expr("i", depth - 1), self.expr("i", depth - 1)
        if roll < 0.60:
            return f"({a} {self.pick(ARITHMETIC)} {b})"
        if roll < 0.72:
            return f"({a} {self.pick(BITWISE)} {b})"
        if roll < 0.80:
            divisor = self.pick(["1", "-1", "2", "3", "7", "8", "-3", "10",
                                 "256", "math.mininteger", f"({b} | 1)"])
            return f"({a} {self.pick(['//', '%'])} {divisor})"
        if roll < 0.82:
            return f"({a} {self.pick(['//', '%'])} {b})"
        if roll < 0.86:
            return f"{self.pick(['-', '~', '- -', '-~'])}({a})"
        return self.pick([
            lambda: f"#{self.leaf('s')}" if self.variables("s") else "#'xyz'",
            lambda: f"#({self.expr('s', depth - 1)})",
            lambda: f"#({self.expr('a', depth - 1)})",
            lambda: f"(({self.expr('s', depth - 1)}):byte() or 0)",
            lambda: f"math.type({self.expr('n', depth - 1)}):len()",
            lambda: f"(math.tointeger({self.expr('n', depth - 1)}) or 3)",
            lambda: f"math.max({a}, {b})",
            lambda: f"math.min({a}, {b}, 5)",
            lambda: f"(({a} ~ ({a} << {self.rng.randint(0, 64)})) >> 3)",
            lambda: f"({a} + {b} * {self.rng.randint(-9, 9)})",
            lambda: f"select('#', {self.list_of('n', depth - 1)})",
            lambda: f"('10' + {a})",
            lambda: "select('#', ...)" if self.stack[-1].vararg else "0",
        ])()

    def expr_f(self, depth):
        if depth <= 0:
            return self.leaf("f")
        roll = self.rng.random()
        if roll < 0.30:
            return self.common("f", depth)
        a, b = self.expr("f", depth - 1), self.expr("n", depth - 1)
        if self.chance(50):
            a, b = b, a
        if roll < 0.60:
            return f"({a} {self.pick(ARITHMETIC)} {b})"
        if roll < 0.75:
            return f"({a} / {b})"
        if roll < 0.83:
            return f"({a} {self.pick(['//', '%'])} {b})"
        if roll < 0.87:
            exponent = self.pick(["2", "0.5", "-1", "3", "0", "2.0"])
            return f"({a} ^ {exponent})"
        return self.pick([
            lambda: f"-({a})",
            lambda: f"math.sqrt(math.abs({a}))",
            lambda: f"math.abs({a})",
            lambda: f"({self.expr('o', depth - 1)}).x",
            lambda: f"(({self.expr('o', depth - 1)}).y + 0.5)",
            lambda: f"('0.25' * {a})",
            lambda: f"({a} + {self.rng.randint(-9, 9)})",
            lambda: f"({self.rng.randint(-9, 9)} - {a})",
            lambda: f"math.fmod({a}, 3.5)",
        ])()

    def expr_n(self, depth):
        if self.chance(15):
            return self.element(depth)
        return self.expr(self.pick("iif"), depth)

    def element(self, depth):
        """An array's element; the index may be beyond it."""
        index = f"({self.expr('i', depth - 1)}) % 5 + 1" if self.chance(40) \
            else str(self.rng.randint(1, 4))
        name = self.variable("a")
        if not name:
            return "1"
        return f"({name}[{index}] or {self.leaf('i')})"

    def expr_s(self, depth):
        if depth <= 0:
            return self.leaf("s")
        roll = self.rng.random()
        if roll < 0.35:
            return self.common("s", depth)
        if roll < 0.60:
            operands = [self.expr(self.pick("ssi"), depth - 1)
                        for _ in range(self.rng.randint(2, 4))]
            return "(" + " .. ".join(operands) + ")"
        s = self.expr("s", depth - 1)
        i, j = self.rng.randint(-6, 6), self.rng.randint(-6, 6)
        return self.pick([
            lambda: f"({s}):sub({i}, {j})",
            lambda: f"({s}):sub({i})",
            lambda: f"({s}):upper()",
            lambda: f"({s}):rep({self.rng.randint(0, 3)}, '-')",
            lambda: f"({s}):reverse()",
            lambda: f"show({self.expr(self.pick('ifbs'), depth - 1)})",
            lambda: f"text({self.expr('i', depth - 1)})",
            lambda: f"text({self.expr('b', depth - 1)})",
            lambda: f"type({self.expr(self.pick('ifsboa'), depth - 1)})",
            lambda: f"({self.expr('o', depth - 1)}).name",
            lambda: f"table.concat({self.expr('a', depth - 1)}, ',')",
            lambda: f"string.format('%d:%s', {self.expr('i', depth - 1)}, text({s}))",
        ])()

    def expr_b(self, depth):
        if depth <= 0:
            return self.leaf("b")
        roll = self.rng.random()
        if roll < 0.20:
            return self.common("b", depth)
        if roll < 0.65:
            kind = self.pick("iifns")
            a, b = self.expr(kind, depth - 1), self.expr(kind, depth - 1)
            return f"({a} {self.pick(COMPARISONS)} {b})"
        a, b = self.expr("b", depth - 1), self.expr("b", depth - 1)
        if roll < 0.80:
            return f"({a} {self.pick(['and', 'or'])} {b})"
        if roll < 0.90:
            return f"not {a}"
        return self.pick([
            f"({self.expr('n', depth - 1)} == {self.expr('s', depth - 1)})",
            f"({self.expr('a', depth - 1)} ~= nil)",
            f"({a} == {b})",
            f"({self.expr('i', depth - 1)} == {self.expr('f', depth - 1)})",
            f"({self.expr('i', depth - 1)} < {self.expr('f', depth - 1)})",
            f"({self.expr('f', depth - 1)} <= {self.expr('i', depth - 1)})",
            f"rawequal({a}, {b})",
        ])

    def expr_a(self, depth):
        name = self.variable("a")
        if name and (depth <= 0 or self.chance(60)):
            return name
        return self.array(max(depth - 1, 0))

    def expr_o(self, depth):
        name = self.variable("o")
        if name and (depth <= 0 or self.chance(75)):
            return name
        return self.object(max(depth - 1, 0))

    def expr_x(self, _depth):
        """Anything at all, for errors."""
        return self.pick(["nil", "{}", "print", "undefined", "(nil)", "'x'",
                          "true"])

    def list_of(self, kind, depth, most=4):
        return ", ".join(self.expr(kind, depth)
                         for _ in range(self.rng.randint(1, most)))

    def array(self, depth):
        items = [f"({self.expr('n', depth)}) + 0"
                 for _ in range(self.rng.randint(1, 5))]
        if self.stack[-1].vararg and self.chance(10):
            return "{" + ", ".join(items + ["(count(...))"]) + "}"
        return "{" + ", ".join(items) + "}"

    def object(self, depth):
        fields = [f"x = {self.expr('f', depth)}", f"y = {self.expr('n', depth)}",
                  f"name = {self.expr('s', depth)}"]
        self.rng.shuffle(fields)
        if self.chance(30):
            fields.insert(self.rng.randint(0, 3),
                          f"[{self.rng.randint(1, 3)}] = {self.expr('i', depth)}")
        if self.chance(20):
            fields.append(self.expr("i", depth))
        return "{" + ", ".join(fields) + "}"

    # ---- statements ------------------------------------------------------

    def block(self, size):
        self.open_scope()
        for _ in range(self.rng.randint(1, size)):
            self.statement()
        self.close_scope()

    def statement(self):
        if self.budget <= 0:
            self.line(f"note({self.expr('i', 1)})")
            return
        self.budget -= 1
        nested = len(self.scopes) < 7
        choices = [
            (14, self.local), (18, self.assign), (6, self.assign_many),
            (5, self.assign_field), (7, self.note), (4, self.call_statement),
            (3, self.change_array),
        ]
        if nested:
            choices += [
                (9, self.if_), (5, self.numeric_for), (3, self.generic_for),
                (3, self.while_), (3, self.repeat), (2, self.do),
                (4, self.local_function), (2, self.protected), (2, self.closer),
            ]
        if self.stack[-1].loops:
            choices += [(2, self.leave_loop)]
        if len(self.stack) > 1:
            choices += [(1, self.early_return)]
        total = sum(weight for weight, _ in choices)
        roll = self.rng.random() * total
        for weight, write in choices:
            roll -= weight
            if roll <= 0:
                write()
                return
        self.note()

    def local(self):
        function = self.stack[-1]
        if function.locals > 120:
            self.assign()
            return
        count = self.pick([1, 1, 1, 2, 3])
        kinds = [self.pick(TYPES) for _ in range(count)]
        kinds = ["i" if k == "n" else k for k in kinds]
        names = [self.fresh("v") for _ in kinds]
        values = [self.value_for(k) for k in kinds]
        constant = [k in "ifs" and self.chance(12) for k in kinds]
        function.locals += count
        targets = [n + (" <const>" if c else "")
                   for n, c in zip(names, constant)]
        results = self.several_results(kinds) if count > 1 else None
        self.line(f"local {', '.join(targets)} = {results or ', '.join(values)}")
        for name, kind, fixed in zip(names, kinds, constant):
            self.declare(name, kind, not fixed)

    def several_results(self, kinds):
        """A call whose results have just these types, if there is one."""
        found = [f for scope in self.functions for f in scope
                 if list(f[2]) == list(kinds)]
        if not found:
            return None
        name, parameters, _ = self.pick(found)
        return f"{name}({', '.join(self.expr(p, 1) for p in parameters)})"

    def target(self, kind):
        """Something assignable of this type, or None."""
        if kind in "if" and self.chance(15) and self.variables("a"):
            return f"{self.variable('a')}[{self.rng.randint(1, 2)}]"
        if kind == "f" and self.chance(20) and self.variables("o"):
            return f"{self.variable('o')}.x"
        if kind == "s" and self.chance(20) and self.variables("o"):
            return f"{self.variable('o')}.name"
        names = self.variables(kind, assignable=True)
        if names:
            return names[-1 - min(int(self.rng.expovariate(0.2)),
                                  len(names) - 1)]
        return {"i": "gi", "f": "gf", "s": "gs", "b": "gb"}.get(kind)

    def value_for(self, kind, depth=3):
        value = self.expr(kind, depth)
        return f"clip({value})" if kind == "s" else value

    def assign(self):
        kind = self.pick("iiiffsb")
        target = self.target(kind)
        if kind in "if" and self.chance(35):
            self.line(f"{target} = {target} {self.pick(ARITHMETIC)} "
                      f"{self.expr(kind, 2)}")
        else:
            self.line(f"{target} = {self.value_for(kind)}")

    def assign_many(self):
        kinds = [self.pick("iifs") for _ in range(self.rng.randint(2, 4))]
        targets = [self.target(k) for k in kinds]
        if self.chance(25):
            a, b = self.target("i"), self.target("i")
            self.line(f"{a}, {b} = {b}, {a}")
            return
        values = [self.value_for(k) for k in kinds]
        results = self.several_results(kinds) if "s" not in kinds else None
        self.line(f"{', '.join(targets)} = {results or ', '.join(values)}")

    def assign_field(self):
        name = self.variable("o")
        if not name:
            self.assign()
            return
        field, kind = self.pick([("x", "f"), ("y", "n"), ("name", "s"),
                                 ("extra", "i"), ("[1]", "i"), ("['x']", "f")])
        place = name + (field if field[0] == "[" else "." + field)
        self.line(f"{place} = {self.value_for(kind)}")

    def note(self):
        kinds = [self.pick("iifsb") for _ in range(self.rng.randint(1, 3))]
        self.line(f"note({', '.join(self.expr(k, 2) for k in kinds)})")

    def call_statement(self):
        text = self.call(self.pick("ifsb"), 2)
        if not text:
            self.note()
        elif text[0] == "(":
            self.line(f"note({text})")
        else:
            self.line(text)

    def change_array(self):
        name = self.variable("a")
        if not name:
            self.local()
            return
        self.line(self.pick([
            f"table.insert({name}, {self.expr('i', 2)})",
            f"if #{name} > 1 then table.remove({name}) end",
            f"{name}[#{name} + 1] = ({self.expr('n', 2)}) + 0",
            f"if #{name} > 12 then {name} = {{1, 2}} end"
            if name in self.variables("a", True) else f"note(#{name})",
            f"note(table.unpack({name}))",
        ]))

    def condition(self):
        return self.expr("b", 3)

    def if_(self):
        self.line(f"if {self.condition()} then")
        self.block(3)
        while self.chance(25):
            self.line(f"elseif {self.condition()} then")
            self.block(2)
        if self.chance(45):
            self.line("else")
            self.block(3)
        self.line("end")

    def loop_body(self, size, first=None):
        """A block that may hold break and goto continue."""
        function = self.stack[-1]
        function.loops += 1
        self.open_scope()
        if first:
            first()
        label = self.fresh("next") if self.chance(30) else None
        if label:
            self.line("do")
            self.indent += 1
        self.scopes.append([])
        self.functions.append([])
        for _ in range(self.rng.randint(1, size)):
            self.statement()
            if label and self.chance(40):
                self.line(f"if {self.condition()} then goto {label} end")
        self.scopes.pop()
        self.functions.pop()
        if label:
            self.indent -= 1
            self.line("end")
            self.line(f"::{label}::")
        self.close_scope()
        function.loops -= 1

    def leave_loop(self):
        self.line(f"if {self.condition()} then break end")

    def numeric_for(self):
        name = self.fresh("i")
        start, stop, step, kind = self.pick([
            (1, self.rng.randint(0, 5), None, "i"),
            (self.rng.randint(-2, 2), self.rng.randint(-2, 4), 1, "i"),
            (5, 1, -2, "i"),
            ("math.maxinteger - 2", "math.maxinteger", None, "i"),
            ("math.mininteger + 1", "math.mininteger", -1, "i"),
            ("(1 << 50) - 2", "(1 << 50) + 1", None, "i"),
            ("1", "3.5", None, "i"),
            ("0.5", "2.5", "0.5", "f"),
            (f"({self.expr('i', 1)}) & 3", f"({self.expr('i', 1)}) & 7",
             None, "i"),
            ("1.0", "3", None, "f"),
        ])
        tail = "" if step is None else f", {step}"
        self.line(f"for {name} = {start}, {stop}{tail} do")
        self.loop_body(3, lambda: self.declare(name, kind, self.chance(30)))
        self.line("end")

    def generic_for(self):
        k, v = self.fresh("k"), self.fresh("e")

        def declare_pair():
            self.declare(k, "i", False)
            self.declare(v, "i")

        form = self.rng.randint(0, 3)
        if form == 0:
            self.line(f"for {k}, {v} in ipairs({self.expr('a', 1)}) do")
            self.loop_body(3, lambda: (self.declare(k, "i", False),
                                       self.line("burn()")))
        elif form == 1:
            self.line(f"for {k}, {v} in counter({self.rng.randint(0, 4)}) do")
            self.loop_body(3, declare_pair)
        elif form == 2:
            self.line(f"for {v} in ({self.expr('s', 1)}):sub(1, 8)"
                      f":gmatch('%w+') do")
            self.loop_body(2, lambda: self.declare(v, "s"))
        else:
            self.line(f"for {k}, {v} in generate({self.rng.randint(0, 4)}) do")
            self.loop_body(3, declare_pair)
        self.line("end")

    def while_(self):
        count = self.fresh("w")
        self.line(f"local {count} = 0")
        self.stack[-1].locals += 1
        self.line(f"while {count} < {self.rng.randint(1, 5)} and "
                  f"{self.condition()} do")
        self.loop_body(3, lambda: self.line(f"{count} = {count} + 1"))
        self.line("end")
        self.declare(count, "i", False)

    def repeat(self):
        count, seen = self.fresh("r"), self.fresh("u")
        self.line(f"local {count} = 0")
        self.stack[-1].locals += 1
        self.declare(count, "i", False)
        self.line("repeat")
        self.open_scope()
        self.stack[-1].loops += 1
        self.line(f"{count} = {count} + 1")
        self.line(f"local {seen} = {self.expr('i', 2)}")
        self.declare(seen, "i")
        if self.chance(40):
            self.line(f"fns[#fns + 1] = function() {seen} = {seen} + 1 "
                      f"return {seen} end")
        for _ in range(self.rng.randint(1, 2)):
            self.statement()
        until = f"{count} >= {self.rng.randint(1, 4)} or {self.condition()}"
        self.stack[-1].loops -= 1
        self.close_scope()
        self.line(f"until {until}")

    def do(self):
        self.line("do")
        self.block(4)
        self.line("end")

    def early_return(self):
        self.line(f"if {self.condition()} then {self.return_text()} end")

    def return_text(self):
        returns = self.stack[-1].returns
        if len(returns) == 1 and self.chance(20):
            call = self.call(returns[0], 2)
            if call:
                return "return " + call
        return "return " + ", ".join(self.value_for(k, 2) for k in returns)

    def local_function(self):
        name = self.fresh("f")
        parameters = [self.pick("iifso") for _ in range(self.rng.randint(0, 3))]
        returns = [self.pick("iifsb")]
        while self.chance(25):
            returns.append(self.pick("ifs"))
        vararg = self.chance(30)
        names = [self.fresh("p") for _ in parameters]
        form = self.pick(["local function {}({})", "local {} = function({})"])
        self.line(form.format(name, ", ".join(names + ["..."] * vararg)))
        self.stack[-1].locals += 1
        self.stack.append(Function(vararg, returns))
        self.open_scope()
        self.line("burn()")
        for parameter, kind in zip(names, parameters):
            self.declare(parameter, kind)
            self.line(f"{parameter} = {parameter} or {self.default(kind)}")
        if vararg:
            self.vararg_uses()
        for _ in range(self.rng.randint(1, 5)):
            self.statement()
        if self.chance(25):
            self.line(f"fns[#fns + 1] = function() return "
                      f"{self.expr('i', 2)} end")
        self.line(self.return_text())
        self.close_scope()
        self.stack.pop()
        self.line("end")
        self.functions[-1].append((name, tuple(parameters), tuple(returns)))
        if self.chance(40):
            self.line(f"note({name}({', '.join(self.expr(p, 1) for p in parameters)}))")

    def default(self, kind):
        return {"i": "1", "f": "0.5", "s": '"d"',
                "o": "{x = 1.5, y = 2, name = 'o'}"}[kind]

    def vararg_uses(self):
        for _ in range(self.rng.randint(0, 2)):
            a, b = self.fresh("v"), self.fresh("v")
            self.line(self.pick([
                f"local {a}, {b} = ... note({a}, {b})",
                f"local {a} = {{...}} note(#{a} >= 0, select('#', ...))",
                "note((...))", "note(...)", "note(1, ..., 2)",
                "note(select(2, 0, ...))",
                f"local {a} = table.pack(1, ...) note({a}.n)",
                "note(count(...), count(..., nil), count((...)))",
            ]))

    def protected(self):
        """pcall of a function that uses everything around it."""
        self.line(self.pick(["note(pcall(function(...)",
                             "note(xpcall(function(...)"]))
        handler = ", function(e) return 'H ' .. tostring(e) end" \
            if "xpcall" in self.lines[-1] else ""
        self.stack.append(Function(True, ["i"]))
        self.block(3)
        if self.chance(30):
            self.line(self.pick([
                "  error('raised')", "  error('raised', 0)", "  error()",
                "  error({code = 1})", "  error('two', 2)",
                "  local n <const> = nil; n()", "  undefined.field = 1",
                "  return (nil)[1]", "  return 1 .. {}", "  return #5",
                "  return {} < {}", "  return -{}", "  return 2^53 | 1.5",
                "  return undefined.x.y", "  gs:nomethod()",
            ]))
        else:
            self.line(f"  return {self.list_of('i', 1)}")
        self.stack.pop()
        self.line(f"end{handler}, {self.list_of('i', 1)}))")

    def closer(self):
        self.line("do")
        self.open_scope()
        name = self.fresh("c")
        self.line(f"local {name} <close> = closing('{name}')")
        for _ in range(self.rng.randint(1, 3)):
            self.statement()
        self.close_scope()
        self.line("end")
