#!/usr/bin/env python3
"""Prints a random Lua program; the same one for the same seed.

usage: tests/fuzz/generate.py SEED

A program is one section, either random statements over typed variables
(writer.py) or statements about one topic (topics.py and the modules it
names). It is the text of a chunk whose arguments are the helpers of HELPERS;
`batch` makes a Lua file that runs many programs and tells them apart.
"""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from writer import Code, Function  # noqa: E402
from topics import TOPICS  # noqa: E402

PRELUDE = r"""
local concat, format, gsub, sub = table.concat, string.format, string.gsub,
  string.sub
local type, tostring, select, print, error = type, tostring, select, print,
  error
local pack, mtype, pcall, load, pairs = table.pack, math.type, pcall, load,
  pairs
local getmetatable, setmetatable = getmetatable, setmetatable
local next, rawset, collectgarbage, sethook = next, rawset, collectgarbage,
  debug.sethook
local setbasic, strings = debug.setmetatable, getmetatable("")
local created = coroutine.create(print)
-- Values as text without addresses. Lua 5.4.4 gives a wrong line when an
-- integer is divided by zero.
local function show(v)
  if mtype(v) == "integer" then return format("%d", v) end
  if mtype(v) == "float" then return v ~= v and "nan" or format("%.17g f", v) end
  if type(v) ~= "string" then
    return (v == nil or type(v) == "boolean") and tostring(v) or type(v)
  end
  v = gsub(v, ":%d+: attempt to divide by zero", ":?: attempt to divide by zero")
  v = gsub(v, ":%d+: attempt to perform 'n%%0'", ":?: attempt to perform 'n%%%%0'")
  v = gsub(gsub(v, "%-nan", "nan"), "0x%x%x%x%x%x%x%x+", "address")
  return format("%q", #v > 300 and sub(v, 1, 300) .. "..." or v)
end
local lines, fuel, fns = 0, 3000, {}
local function note(...)
  lines = lines + 1
  if lines > 300 then
    if lines > 20000 then error("too many lines", 0) end
    return
  end
  local t = pack(...)
  for i = 1, t.n do t[i] = show(t[i]) end
  print(concat(t, "\t"))
end
local function burn()
  fuel = fuel - 1
  if fuel < 0 then error("out of fuel", 0) end
end
local function clip(s) return type(s) == "string" and #s > 60 and sub(s, 1, 60) or s end
local function text(v)
  return type(v) == "table" and "table" or type(v) == "function" and "function" or tostring(v)
end
local function count(...) return select("#", ...) end
local function counter(n)
  return function(_, i) if i < n then return i + 1, i * i end end, nil, 0
end
local wrap, yield = coroutine.wrap, coroutine.yield
local function generate(n)
  return wrap(function() for i = 1, n do yield(i, i * 2) end end)
end
local function closing(name)
  return setmetatable({}, {__close = function(_, e) note("close", name, e) end})
end
-- Lua 5.4.4 goes wrong when the stack grows inside a concatenation.
local function deep(n) return n > 0 and 1 + deep(n - 1) or 0 end
-- What a program finds: the same for each, whatever the one before it did.
local found = {}
for name, value in pairs(_G) do
  found[name] = value
  if type(value) == "table" and value ~= _G and name ~= "package" then
    local fields = {}
    for k, v in next, value do fields[k] = v end
    found[value] = fields
  end
end
local function restore(t, fields)
  for k in next, t do if fields[k] == nil then t[k] = nil end end
  for k, v in next, fields do
    if type(k) == "string" and t[k] ~= v then rawset(t, k, v) end
  end
  setmetatable(t, nil)
end
local function program(name, source)
  local chunk, message = load(source, "=p")
  print("=== " .. name)
  if not chunk then return print("invalid program: " .. message) end
  lines, fuel, fns = 0, 3000, {}
  gi, gf, gs, gb = 1, 0.5, "global", true
  deep(300)
  note("section", pcall(chunk, show, note, burn, clip, text, count, counter,
                        generate, closing, fns))
  fuel = 3000
  for i = 1, #fns do note(i, pcall(fns[i])) end
  for i = #fns, 1, -1 do note(i, pcall(fns[i])) end
  note(gi, gf, gs, gb)
  sethook()
  for _, value in pairs({1, true, print, created}) do setbasic(value, nil) end
  setbasic(nil, nil)
  setbasic("", strings)
  restore(_G, found)
  for value, fields in pairs(found) do
    if type(value) == "table" then restore(value, fields) end
  end
  getmetatable("").__index = string
  collectgarbage("restart")
  collectgarbage("incremental")
end
""".lstrip()

HELPERS = ("local show, note, burn, clip, text, count, counter, generate, "
           "closing, fns = ...\n")


def free_section(code):
    code.budget = code.rng.randint(8, 40)
    code.open_scope()
    for _ in range(code.rng.randint(4, 12)):
        code.statement()
    code.line(code.return_text())
    code.close_scope()


def program(seed):
    """The lines of the program for a seed."""
    code = Code(random.Random(seed))
    code.stack.append(Function(True, ["i"]))
    (free_section if code.chance(30) else code.pick(TOPICS))(code)
    return code.lines


def batch(programs):
    """A Lua file that runs (name, lines) one after the other."""
    out = [PRELUDE]
    for name, lines in programs:
        source = HELPERS + "\n".join(lines) + "\n"
        out.append(f'program("{name}", [==========[\n{source}]==========])\n')
    return "".join(out)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="latin-1")
    sys.stdout.write(batch([(sys.argv[1], program(int(sys.argv[1])))]))


if __name__ == "__main__":
    main()
