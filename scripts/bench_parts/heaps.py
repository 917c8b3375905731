"""heaps.py: programs with a large live heap, on weft and its peers.

What scripts/pauses and scripts/churn share: which arguments make how much of
a heap live, the peers' commands, what weft says of its collector, arguments.
"""

import json
import math
import os

from bench_parts.runner import Failure

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, "bench", "programs", "gc")
WEFT = os.path.join(ROOT, "build", "release", "weft")

# What one megabyte of live heap in weft takes of the program's size.
PER_MB = {
    "huge_array": 18000,
    "huge_hash": 14000,
    "weak_million": 2000,
    "live_strings": 14500,
    "live_mixed": 2000,
    "object_churn": 10800,
    "string_churn": 15000,
}
COROUTINE_ROUNDS = 500  # N * 20 alive: 10,000
CHURN = ("object_churn", "string_churn")
TURNS = 8  # how often these replace each record, string
# binary_trees has about these megabytes live at this depth, twice as many a
# level deeper.
TREES_MB, TREES_DEPTH, TREES_LEAST = 11.5, 16, 4

INCREMENTAL, GENERATIONAL, LUAJIT = "lua5.4 inc", "lua5.4 gen", "luajit -joff"
PEERS = {
    INCREMENTAL: ["lua5.4", "-e", "collectgarbage('incremental')"],
    GENERATIONAL: ["lua5.4", "-e", "collectgarbage('generational')"],
    LUAJIT: ["luajit", "-joff"],
}


def size_for(name, heap):
    """The program's size at which about `heap` megabytes are live."""
    if name == "many_coroutines":
        return COROUTINE_ROUNDS
    if name == "binary_trees":
        return max(TREES_LEAST,
                   TREES_DEPTH + round(math.log2(heap / TREES_MB)))
    return PER_MB[name] * heap


def arguments(name, size):
    """The program's arguments of that size."""
    if name in CHURN:
        return [str(size * TURNS), str(size)]
    return [str(size)]


def script(name, size):
    """Path and arguments."""
    return [os.path.join(FOLDER, name + ".lua")] + arguments(name, size)


def statistics_of(run, weft):
    """What a run with --gc-stats=json says of the collector."""
    try:
        return json.loads(run["stderr"])
    except ValueError:
        raise Failure(f"{weft} --gc-stats=json printed no JSON") from None


# --- Arguments --------------------------------------------------------------------


def positive(text):
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def positives(text):
    return [positive(word) for word in text.split(",")]


def words(text):
    return text.split(",")


positive.__name__ = "positive number"
positives.__name__ = "list of positive numbers"


def check_arguments(options, programs):
    """Why --only, --json and --weft cannot be, or None."""
    for name in options.only:
        if name not in programs:
            return (f"no program '{name}'; there are: " + ", ".join(programs))
    if options.json:
        folder = os.path.dirname(os.path.abspath(options.json))
        if os.path.isdir(options.json) or not os.access(folder, os.W_OK):
            return f"cannot write {options.json}"
    if not os.access(options.weft, os.X_OK) or os.path.isdir(options.weft):
        return f"no program {options.weft} (scripts/run builds one)"
    options.weft = os.path.abspath(options.weft)
    return None
