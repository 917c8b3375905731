"""counters.py: what the processor counts while a program runs.

Cycles, instructions, branch misses and stalls by `perf stat` where the machine
lets its counters be read. Virtual machines often do not; then there are the
instructions that callgrind counts: slow, so of the programs' small sizes, but
the same in every run. Both also per linked instruction that the program
executes, which builds with -DWEFT_STATS=ON count.
"""

import re
import shutil
import subprocess

from lab_parts.builds import ROOT, Failure
from lab_parts.runs import environment

EVENTS = ("cycles", "instructions", "branch-misses", "stalled-cycles-frontend")
PERF = ["perf", "stat", "-x,", "-e", ",".join(e + ":u" for e in EVENTS)]


def parse(text):
    """Event -> count, of those that `perf stat -x,` could read."""
    counts = {}
    for line in text.splitlines():
        columns = line.split(",")
        if len(columns) > 2 and columns[0].isdigit():
            counts[columns[2].removesuffix(":u")] = int(columns[0])
    return counts


def run(command, what):
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment(), text=True,
                              stdin=subprocess.DEVNULL, errors="replace",
                              stdout=subprocess.DEVNULL, check=False,
                              stderr=subprocess.PIPE)
    except OSError as why:
        raise Failure(f"cannot run {command[0]}: {why.strerror}") from None
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise Failure(f"{what} fails under {command[0]}: {last}")
    return done.stderr


def closed():
    """Why hardware counters cannot be read here, or None."""
    if not shutil.which("perf"):
        return "perf is not installed"
    try:
        if parse(run(PERF + ["true"], "true")):
            return None
    except Failure as why:
        return str(why)
    return "this machine does not let them be read"


def hardware(path, program):
    return parse(run(PERF + [path, program.path, *program.arguments],
                     program.name))


def callgrind(path, program):
    if not shutil.which("valgrind"):
        raise Failure("valgrind is not installed, and hardware counters are "
                      "not to be read: " + closed())
    text = run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                path, program.path, *program.arguments], program.name)
    found = re.search(r"Collected : (\d+)", text)
    if not found:
        raise Failure(f"callgrind counts nothing of {program.name}")
    return {"instructions": int(found.group(1))}


def count(paths, programs, small, executed, note):
    """What was counted and how: `how`, `why` and variant -> program -> event ->
    count, of each variant's first layout; `executed`, variant -> program ->
    linked instructions, and `per_executed`, counts divided by them. small: the
    programs' small sizes; executed(programs) counts the latter."""
    why = closed()
    ran = small if why else programs
    counts = {}
    for name, found in paths.items():
        counts[name] = {}
        for program in ran:
            note(f"counting {name} {program.name}")
            counts[name][program.name] = (callgrind if why else hardware)(
                found[0], program)
    note("")
    divisors = executed(ran)
    shares = {name: {program: {event: value / divisors[name][program]
                               for event, value in events.items()}
                     for program, events in counts[name].items()}
              for name in counts}
    return {"how": "callgrind, small sizes" if why else "perf stat",
            "why": why, "counts": counts, "executed": divisors,
            "per_executed": shares}


def table(found):
    """Rows of text: the base's counts, the others as ratios to them."""
    names = list(found["counts"])
    rows = [["counted by " + found["how"].split(",")[0], "event", *names]]
    for program, events in found["counts"][names[0]].items():
        for event, count_of_base in events.items():
            row = [program, event, f"{count_of_base:,}"]
            for name in names[1:]:
                value = found["counts"][name][program].get(event)
                row.append("-" if value is None or not count_of_base
                           else f"{value / count_of_base:.3f}")
            rows.append(row)
    return rows


def table_per_executed(found):
    """Rows of text: counts for each linked instruction executed."""
    names = list(found["counts"])
    rows = [["for each executed", "event", *names]]
    for program, events in found["per_executed"][names[0]].items():
        for event in events:
            values = [found["per_executed"][name][program].get(event)
                      for name in names]
            rows.append([program, event, *("-" if v is None else f"{v:.3g}"
                                           for v in values)])
    return rows
