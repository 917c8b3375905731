#!/usr/bin/env python3
"""Prints a random Lua program; the same one for the same seed.

usage: tests/fuzz/generate.py SEED

A program is a prelude and a number of sections: random statements over typed
variables (writer.py) and sections about one topic each (topics.py). A section
that fails shows its error and the next one begins.
"""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from writer import Code, Function  # noqa: E402
from topics import TOPICS  # noqa: E402

PRELUDE = r"""
-- Values as text without addresses or the sign of a NaN. Lua 5.4.4 gives a
-- wrong line when an integer is divided by zero.
local function show(v)
  if math.type(v) == "integer" then return ("%d"):format(v) end
  if math.type(v) == "float" then return v ~= v and "nan" or ("%.17g f"):format(v) end
  if type(v) ~= "string" then return v == nil and "nil" or type(v) == "boolean" and tostring(v) or type(v) end
  v = v:gsub(":%d+: attempt to divide by zero", ":?: attempt to divide by zero")
  v = v:gsub(":%d+: attempt to perform 'n%%0'", ":?: attempt to perform 'n%%0'")
  v = v:gsub("%-nan", "nan"):gsub("0x%x%x%x%x%x%x%x+", "address")
  return ("%q"):format(#v > 200 and v:sub(1, 200) .. "..." or v)
end
local lines, fuel, fns = 0, 3000, {}
local function note(...)
  lines = lines + 1
  if lines > 600 then
    if lines > 20000 then error("too many lines", 0) end
    return
  end
  local t = table.pack(...)
  for i = 1, t.n do t[i] = show(t[i]) end
  print(table.concat(t, "\t"))
end
local function burn()
  fuel = fuel - 1
  if fuel < 0 then error("out of fuel", 0) end
end
local function clip(s) return type(s) == "string" and #s > 60 and s:sub(1, 60) or s end
local function text(v)
  return type(v) == "table" and "table" or type(v) == "function" and "function" or tostring(v)
end
local function count(...) return select("#", ...) end
local function counter(n)
  return function(_, i) if i < n then return i + 1, i * i end end, nil, 0
end
local function generate(n)
  return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * 2) end end)
end
local function closing(name)
  return setmetatable({}, {__close = function(_, e) note("close", name, e) end})
end
local function try(section)
  fuel = 3000
  note("section", pcall(section))
end
-- Lua 5.4.4 goes wrong when the stack grows inside a concatenation.
local function deep(n) return n > 0 and 1 + deep(n - 1) or 0 end
deep(300)
gi, gf, gs, gb = 1, 0.5, "global", true
""".lstrip()

ENDING = r"""
for i = 1, #fns do note(i, pcall(fns[i])) end
for i = #fns, 1, -1 do note(i, pcall(fns[i])) end
note(gi, gf, gs, gb)
""".lstrip()


def free_section(code):
    code.budget = code.rng.randint(8, 60)
    code.stack.append(Function(False, ["i"]))
    code.open_scope()
    for _ in range(code.rng.randint(4, 16)):
        code.statement()
    code.line(code.return_text())
    code.close_scope()
    code.stack.pop()


def topic_section(code):
    code.indent += 1
    code.pick(TOPICS)(code)
    code.indent -= 1


def program(seed):
    code = Code(random.Random(seed))
    code.stack.append(Function(True, ["i"]))
    for _ in range(code.rng.randint(2, 5)):
        code.line("try(function()")
        (free_section if code.chance(50) else topic_section)(code)
        code.line("end)")
    return PRELUDE + code.text() + ENDING


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(program(int(sys.argv[1])))


if __name__ == "__main__":
    main()
