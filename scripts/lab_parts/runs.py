"""runs.py: running the programs and what the times say.

A sample is the CPU time of one run. Samples are kept by layout; a variant's
time is the median over all of them. Intervals are bootstrapped: layouts are
drawn with replacement, then runs within each, so that they contain the luck of
placement as well as the noise of the machine.
"""

import hashlib
import math
import os
import signal
import statistics
import subprocess
import time

from lab_parts.builds import ROOT, Failure

PROGRAMS = os.path.join(ROOT, "bench", "programs")
QUICK = ("micro/fib", "micro/loops", "micro/sieve", "micro/methods",
         "micro/nbody", "micro/closures", "micro/queens", "apps/json",
         "apps/interpreter", "gc/binary_trees")
RESAMPLES = 1000


class Program:
    def __init__(self, name, size, expected):
        self.name = name
        self.path = os.path.join(PROGRAMS, name + ".lua")
        self.arguments = [] if size == "-" else [size]
        self.expected = expected


def load_programs(wanted, small, quick):
    """The programs that the arguments name, with what they must print."""
    path = os.path.join(PROGRAMS, "checksums")
    programs = {}
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith("#"):
                    continue
                columns = line.rstrip("\n").split("\t")
                if len(columns) != 3:
                    raise Failure(f"{path} is damaged: '{line.strip()[:60]}'")
                name, size, expected = columns
                if (size != "-") == small:
                    programs[name] = Program(name, size, expected)
    except FileNotFoundError:
        raise Failure(f"no {path} (scripts/checksums writes it)") from None
    if not wanted:
        wanted = list(QUICK) if quick else list(programs)
    chosen = {}
    for word in wanted:
        found = [n for n in programs if word in (n, *n.split("/"))]
        if not found:
            raise Failure(f"no program '{word}' in bench/programs")
        chosen.update((name, programs[name]) for name in found)
    return list(chosen.values())


def environment():
    kept = {key: value for key, value in os.environ.items()
            if not key.startswith("LUA_")}
    kept["LC_ALL"] = "C"
    return kept


def run_once(path, program, timeout=120):
    """(CPU seconds, problem or None) of one run."""
    child = subprocess.Popen([path, program.path, *program.arguments],
                             cwd=ROOT, env=environment(), text=True,
                             errors="replace",
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
    signal.alarm(timeout)
    try:
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
    except TimeoutError:
        child.kill()
        child.wait()
        return 0.0, f"still running after {timeout} s"
    finally:
        signal.alarm(0)
        child.stdout.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        return 0.0, f"exit status {child.returncode}: {output.strip()[:200]}"
    if output.rstrip("\n") != program.expected:
        return 0.0, f"printed '{output.strip()[:100]}'"
    return usage.ru_utime + usage.ru_stime, None


def on_alarm(*_):
    raise TimeoutError


def bytecode_hash(path, programs):
    """Hash of the compact code that a build makes of all programs."""
    total = hashlib.sha256()
    for program in programs:
        done = subprocess.run([path, "--dump=bytecode", program.path],
                              env=environment(), stdout=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise Failure(f"{path} --dump=bytecode {program.path} failed")
        total.update(done.stdout)
    return total.hexdigest()[:16]


class Column:
    """What is compared: a variant, or the base a second time (A/A)."""

    def __init__(self, name, paths):
        self.name = name
        self.paths = paths
        self.samples = {}  # program -> one list of times for each layout

    def times(self, program):
        return [t for one in self.samples[program] for t in one]

    def median(self, program):
        return statistics.median(self.times(program))


def measure(columns, programs, rounds, dice, progress):
    """Fills the columns' samples; returns the problems as texts."""
    signal.signal(signal.SIGALRM, on_alarm)
    for column in columns:
        column.samples = {p.name: [[] for _ in column.paths] for p in programs}
    visits = [(program, column, i) for program in programs
              for column in columns for i in range(len(column.paths))]
    problems = {}
    started = time.monotonic()
    for turn in range(rounds):
        dice.shuffle(visits)
        for n, (program, column, i) in enumerate(visits):
            if program.name in problems:
                continue
            seconds, problem = run_once(column.paths[i], program)
            if problem:
                problems[program.name] = f"{column.name}: {problem}"
            else:
                column.samples[program.name][i].append(seconds)
            done = turn * len(visits) + n + 1
            progress(done, rounds * len(visits), time.monotonic() - started)
    return problems


# --- Statistics -----------------------------------------------------------------


def resample(layouts, dice):
    """The median of one bootstrap draw."""
    drawn = []
    for _ in layouts:
        runs = dice.choice(layouts)
        drawn.extend(dice.choices(runs, k=len(runs)))
    return statistics.median(drawn)


def interval(values):
    values = sorted(values)
    cut = len(values) * 25 // 1000
    return values[cut], values[-1 - cut]


class Comparison:
    """Ratios of a column's times to the base's: below 1 is faster."""

    def __init__(self, column, base, programs, dice):
        self.name = column.name
        self.ratio, self.low, self.high = {}, {}, {}
        logs = [0.0] * RESAMPLES
        for p in programs:
            draws = [math.log(resample(column.samples[p.name], dice) /
                              resample(base.samples[p.name], dice))
                     for _ in range(RESAMPLES)]
            logs = [a + b for a, b in zip(logs, draws)]
            low, high = interval(draws)
            self.ratio[p.name] = column.median(p.name) / base.median(p.name)
            self.low[p.name], self.high[p.name] = math.exp(low), math.exp(high)
        n = len(programs)
        low, high = interval(logs)
        self.geomean = math.exp(sum(math.log(r) for r in self.ratio.values()) / n)
        self.geomean_low, self.geomean_high = math.exp(low / n), math.exp(high / n)

    def reach(self, program=None):
        """How far from 1 the interval goes: as A/A, the noise floor."""
        if program is None:
            return max(1 - self.geomean_low, self.geomean_high - 1)
        return max(1 - self.low[program], self.high[program] - 1)

    def differs(self, floor, program=None):
        """Whether the ratio is away from 1 beyond noise."""
        if program is None:
            ratio, low, high = self.geomean, self.geomean_low, self.geomean_high
        else:
            ratio = self.ratio[program]
            low, high = self.low[program], self.high[program]
        return abs(ratio - 1) > floor and not low <= 1 <= high
