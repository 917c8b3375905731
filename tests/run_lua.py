#!/usr/bin/env python3
"""Runs weft against the Lua tests and against a reference interpreter.

usage: tests/run_lua.py --weft PATH [--oracle lua5.4] [--jobs 2]
                        [--filter TEXT] [--timeout S] [--arg OPTION]
                        {expect|differential|cli|programs}...

  expect        tests/lua/**/*.lua against the expectations written in them
  differential  tests/lua and tests/differential on weft and on the oracle:
                stdout, stderr and exit status must agree byte for byte
  cli           tests/cli/cases/*.sh on both, run in an empty directory each
  programs      bench/programs/**/*.lua on both, with the size that their
                `-- quick: N` line gives as the only argument

--filter keeps the tests whose path contains TEXT. --arg (repeatable) passes
an option to weft ahead of the script. A crash or a timeout is a failure in
every mode. The last line is `N passed, N failed`; the status is 1 on failure.

A test in tests/lua holds its expectations as comments, in printing order:

  print(1 + 1) -- expect: 2
  error("boom") -- expect error: boom

With `expect error` the text must occur in stderr and the status must be 1;
without it stderr does not matter and the status must be 0.
"""

import argparse
import concurrent.futures
import difflib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
DIFF_LINES = 14

EXPECTATION = re.compile(r"-- expect( error)?:(?: (.*))?$")
QUICK_SIZE = re.compile(r"^-- quick: *(\S+)", re.MULTILINE)


class Outcome:
    """What one run of a program left behind."""

    def __init__(self, status, out, err):
        self.status = status
        self.out = out
        self.err = err

    def death(self):
        """The reason the run counts as a failure by itself, or None."""
        if self.status is None:
            return "timeout"
        code = self.status
        if code > 128 and code - 128 in FATAL_SIGNALS:
            return f"killed by {signal.Signals(code - 128).name} in a subshell"
        if code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return None


FATAL_SIGNALS = {
    signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGILL,
    signal.SIGFPE, signal.SIGTRAP, signal.SIGSYS,
}


def clean_environment():
    env = {k: v for k, v in os.environ.items() if not k.startswith("LUA")}
    env.update(LC_ALL="C", TZ="UTC", TERM="dumb")
    return env


def run(command, cwd, timeout, env=None):
    process = subprocess.Popen(
        command, cwd=cwd, env=env or clean_environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return Outcome(None, out, err)
    if "--perf" in command:
        Path(f"/tmp/perf-{process.pid}.map").unlink(missing_ok=True)
    return Outcome(process.returncode, out, err)


def program_name_pattern(interpreter):
    names = {interpreter, os.path.basename(interpreter), "lua5.4", "weft"}
    longest_first = sorted(names, key=len, reverse=True)
    alternatives = "|".join(re.escape(n) for n in longest_first)
    return re.compile(rf"^(usage: )?(?:{alternatives})(?=[: ])", re.MULTILINE)


VERSION_LINE = re.compile(r"^(?:Lua 5\.4|weft )[^\n]*", re.MULTILINE)


def neutral(data, interpreter):
    """Output text with program name and version line made comparable."""
    text = data.decode("latin-1")
    text = program_name_pattern(interpreter).sub(r"\1PROGRAM", text)
    return VERSION_LINE.sub("VERSION LINE", text)


def short_diff(expected, actual, label):
    lines = list(difflib.unified_diff(
        expected.split("\n"), actual.split("\n"),
        "expected " + label, "weft " + label, lineterm="", n=1))
    if len(lines) > DIFF_LINES:
        lines = lines[:DIFF_LINES] + [f"... {len(lines) - DIFF_LINES} more"]
    return [line[:200] for line in lines]


def status_text(outcome):
    return outcome.death() or f"status {outcome.status}"


def compare(weft_outcome, oracle_outcome, weft, oracle, streams):
    """The list of differences between the two runs; empty when they agree."""
    problems = []
    death = weft_outcome.death()
    if death:
        problems.append(death)
        tail = weft_outcome.err.decode("latin-1").strip().split("\n")[-3:]
        problems += [line[:200] for line in tail if line]
    elif weft_outcome.status != oracle_outcome.status:
        problems.append(f"{status_text(weft_outcome)}, "
                        f"expected {status_text(oracle_outcome)}")
    for stream in streams:
        expected = neutral(getattr(oracle_outcome, stream), oracle)
        actual = neutral(getattr(weft_outcome, stream), weft)
        if expected != actual:
            problems += short_diff(expected, actual, "std" + stream)
    return problems


def read_expectations(path):
    """(lines expected on stdout, text expected on stderr or None)."""
    lines, error = [], None
    for line in path.read_bytes().decode("latin-1").split("\n"):
        match = EXPECTATION.search(line)
        if not match:
            continue
        if match.group(1):
            error = match.group(2) or ""
        else:
            lines.append((match.group(2) or "").rstrip())
    return lines, error


def lua_command(options, interpreter, script, *arguments):
    extra = options.arg if interpreter == options.weft else []
    return [interpreter, *extra, script, *arguments]


def check_expect(path, options):
    lines, error = read_expectations(path)
    if not lines and error is None:
        return ["the file holds no expectation"]
    outcome = run(lua_command(options, options.weft, path.name), path.parent,
                  options.timeout)
    problems = []
    wanted_status = 0 if error is None else 1
    err = outcome.err.decode("latin-1")
    if outcome.status != wanted_status:
        problems.append(f"{status_text(outcome)}, expected {wanted_status}")
        problems += [line[:200] for line in err.split("\n")[:3] if line]
    elif error is not None and error not in err:
        problems.append("stderr lacks: " + error)
        problems.append("stderr holds: " + err.split("\n")[0][:200])
    actual = outcome.out.decode("latin-1").split("\n")
    if actual[-1] == "":
        actual.pop()
    actual = [line.rstrip() for line in actual]
    if actual != lines:
        problems += short_diff("\n".join(lines), "\n".join(actual), "stdout")
    return problems


def check_differential(path, options):
    results = [
        run(lua_command(options, interpreter, path.name), path.parent,
            options.timeout)
        for interpreter in (options.weft, options.oracle)]
    return compare(*results, options.weft, options.oracle, ("out", "err"))


def check_cli(path, options):
    results = []
    for interpreter in (options.weft, options.oracle):
        directory = tempfile.mkdtemp(prefix="cli-case-")
        env = clean_environment()
        env.update(LUA=interpreter, HOME=directory)
        try:
            results.append(run(["sh", str(path)], directory, options.timeout,
                               env))
        finally:
            subprocess.run(["chmod", "-R", "u+rwX", directory], check=False)
            shutil.rmtree(directory, ignore_errors=True)
    return compare(*results, options.weft, options.oracle, ("out", "err"))


def check_program(path, options):
    text = path.read_bytes().decode("latin-1")
    size = QUICK_SIZE.search(text)
    arguments = [size.group(1)] if size else []
    results = [
        run(lua_command(options, interpreter, path.name, *arguments),
            path.parent, options.timeout)
        for interpreter in (options.weft, options.oracle)]
    return compare(*results, options.weft, options.oracle, ("out",))


def lua_files(folder):
    return sorted((TESTS / folder).rglob("*.lua"))


MODES = {
    "expect": (lambda: lua_files("lua"), check_expect),
    "differential": (lambda: lua_files("lua") + lua_files("differential"),
                     check_differential),
    "cli": (lambda: sorted((TESTS / "cli" / "cases").glob("*.sh")),
            check_cli),
    "programs": (lambda: sorted((ROOT / "bench" / "programs").rglob("*.lua")),
                 check_program),
}


def resolve(interpreter):
    found = shutil.which(interpreter)
    if not found:
        sys.exit(f"run_lua.py: no such interpreter: {interpreter}")
    return os.path.abspath(found)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weft", required=True)
    parser.add_argument("--oracle", default="lua5.4")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--filter", default="")
    parser.add_argument("--timeout", type=float, default=30)
    parser.add_argument("--arg", action="append", default=[])
    parser.add_argument("modes", nargs="+", choices=list(MODES))
    options = parser.parse_args()
    options.weft = resolve(options.weft)
    if options.modes != ["expect"]:
        options.oracle = resolve(options.oracle)
    return options


def main():
    options = parse_arguments()
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for mode in options.modes:
            list_files, check = MODES[mode]
            paths = [p for p in list_files()
                     if options.filter in str(p.relative_to(ROOT))]
            results = pool.map(lambda p, c=check: c(p, options), paths)
            for path, problems in zip(paths, results):
                if not problems:
                    passed += 1
                    continue
                failed += 1
                print(f"FAIL {mode} {path.relative_to(ROOT)}")
                print("\n".join("    " + line for line in problems),
                      flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
