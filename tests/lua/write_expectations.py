#!/usr/bin/env python3
"""Writes or checks the expectations of Lua tests with a reference Lua.

usage: tests/lua/write_expectations.py [--oracle lua5.4] [--check] FILE...

Each file runs under the reference interpreter; every line that it prints
becomes an `-- expect:` comment at the end of the source line that printed it,
or on a line of its own below when that place is taken. A run that ends in an
error gets one `-- expect error:` line. Older expectations are dropped first.
With --check nothing is written: files whose expectations are not what the
reference prints are listed, and the status is 1 if there are any.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

EXPECTATION = re.compile(r"-- expect( error)?:(?: (.*))?$")

# Runs a script and notes, for every finished output line, its source line.
TRACER = r"""
local notes = assert(io.open(arg[1], "w"))
notes:setvbuf("no")
local path = arg[2]
local getinfo, find = debug.getinfo, string.find
local tostr, concat, pack = tostring, table.concat, table.pack
local pending = false
local function source_line()
  local level = 2
  while true do
    local info = getinfo(level, "Sl")
    if not info then return 0 end
    if info.source == "@" .. path and info.currentline > 0 then
      return info.currentline
    end
    level = level + 1
  end
end
local function output(text)
  local line, from = source_line(), 1
  while true do
    local at = find(text, "\n", from, true)
    if not at then break end
    notes:write(line, "\n")
    pending, from = false, at + 1
  end
  if from <= #text then pending = line end
end
function print(...)
  local list = pack(...)
  for i = 1, list.n do list[i] = tostr(list[i]) end
  output(concat(list, "\t") .. "\n")
end
local methods = getmetatable(io.stdout).__index
local real_write, stdout, default = methods.write, io.stdout, io.output
function methods.write(file, ...)
  if file ~= stdout then return real_write(file, ...) end
  output(concat({...}))
  return file
end
function io.write(...) return default():write(...) end
local chunk = assert(loadfile(path))
arg = {[0] = path}
local ok, message = pcall(chunk)
if pending then notes:write(pending, "\n") end
"""


def environment():
    env = {k: v for k, v in os.environ.items() if not k.startswith("LUA")}
    env.update(LC_ALL="C", TZ="UTC", TERM="dumb")
    return env


def run(oracle, path, text):
    """(status, stdout lines, stderr text) of text run under path's name."""
    with tempfile.TemporaryDirectory() as directory:
        script = Path(directory, path.name)
        script.write_bytes(text.encode("latin-1"))
        done = subprocess.run([oracle, path.name], cwd=directory,
                              stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=60, check=False, env=environment())
    lines = done.stdout.decode("latin-1").split("\n")
    if lines[-1] == "":
        lines.pop()
    return done.returncode, lines, done.stderr.decode("latin-1")


def printing_lines(oracle, path, text):
    """The source line of each output line, or None where unknown."""
    with tempfile.TemporaryDirectory() as directory:
        script = Path(directory, path.name)
        script.write_bytes(text.encode("latin-1"))
        tracer, notes = Path(directory, ".tracer"), Path(directory, ".notes")
        tracer.write_text(TRACER)
        subprocess.run([oracle, str(tracer), str(notes), path.name],
                       cwd=directory, stdin=subprocess.DEVNULL, timeout=60,
                       capture_output=True, check=False, env=environment())
        if not notes.exists():
            return []
        return [int(n) for n in notes.read_text().split()]


def strip_expectations(text):
    kept = []
    for line in text.rstrip("\n").split("\n"):
        match = EXPECTATION.search(line)
        if match:
            line = line[:match.start()].rstrip()
            if not line:
                continue
        kept.append(line)
    return kept


def comment(kind, text):
    return f"-- {kind}: {text}".rstrip()


def place(source, origins, count):
    """Source with `count` blank expectations in printing order."""
    if len(origins) != count or 0 in origins:
        origins = [len(source)] * count
        below_only = True
    else:
        below_only = False
    trailing, below = {}, {}
    position = 0
    for origin in origins:
        if origin > position and not below_only:
            position = origin
            trailing[position] = True
        else:
            position = max(position, origin)
            below[position] = below.get(position, 0) + 1
    result = []
    for number, line in enumerate(source, 1):
        indent = re.match(r"\s*", line).group(0)
        result.append(line + " -- expect:" if number in trailing else line)
        result += [indent + "-- expect:"] * below.get(number, 0)
    return result


def fill(lines, outputs):
    queue = list(outputs)
    filled = []
    for line in lines:
        match = EXPECTATION.search(line)
        if match and not match.group(1):
            line = line[:match.start()] + comment("expect", queue.pop(0))
        filled.append(line)
    return filled


def annotate(oracle, path):
    source = strip_expectations(path.read_bytes().decode("latin-1"))
    text = "\n".join(source) + "\n"
    _, outputs, _ = run(oracle, path, text)
    plain = outputs
    origins = printing_lines(oracle, path, text)
    for attempt in (origins, []):
        placed = place(source, attempt, len(plain))
        text = "\n".join(placed) + "\n"
        status, outputs, errors = run(oracle, path, text)
        if len(outputs) == len(plain) == text.count("-- expect:"):
            break
        print(f"expectations at the end: {path}")
    filled = fill(placed, outputs)
    if status != 0:
        message = errors.split("\n")[0]
        prefix = os.path.basename(oracle) + ": "
        message = message.split(prefix, 1)[-1]
        where = re.match(re.escape(path.name) + r":(\d+): ", message)
        at = int(where.group(1)) if where else 0
        if 0 < at <= len(filled) and not EXPECTATION.search(filled[at - 1]):
            filled[at - 1] += " " + comment("expect error", message)
        else:
            filled.append(comment("expect error", message))
    return "\n".join(filled) + "\n", status, outputs, errors


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--oracle", default="lua5.4")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    wrong = 0
    for path in options.files:
        text, status, outputs, errors = annotate(options.oracle, path)
        if options.check:
            if text != path.read_bytes().decode("latin-1"):
                wrong += 1
                print(f"differs: {path}")
        else:
            path.write_bytes(text.encode("latin-1"))
        if status not in (0, 1):
            print(f"status {status}: {path}")
        if not outputs and status == 0:
            print(f"prints nothing: {path}")
        for number, line in enumerate(outputs):
            if re.search(r"0x[0-9a-f]{8,}", line):
                print(f"prints an address: {path}: {line}")
            if re.search(r"[\x00-\x08\x0a-\x1f]", line):
                print(f"prints control characters: {path}: {line!r}")
        if status == 1:
            print(f"ends in an error: {path}: {errors.splitlines()[0]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
