#!/usr/bin/env python3
"""Runs random programs on weft and on the reference interpreter.

usage: tests/fuzz/run.py --weft PATH [--oracle lua5.4] [--seed 1] [--count 200]
                         [--jobs 2] [--timeout S] [--keep FOLDER]

Programs are those of generate.py with seeds from --seed up. stdout, stderr
and the exit status must agree; a crash or a timeout of weft is a failure. For
each failure the first lines that differ are shown; --keep stores the program.
The last line is `N passed, N failed`.
"""

import argparse
import concurrent.futures
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generate  # noqa: E402

SHOWN = 6


def run(interpreter, folder, timeout):
    try:
        done = subprocess.run([interpreter, "program.lua"], cwd=folder,
                              capture_output=True, timeout=timeout,
                              stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        return "timeout", [], []
    lines = [stream.decode("latin-1").split("\n")
             for stream in (done.stdout, done.stderr)]
    # the program's name stands in front of the report
    lines[1] = [line.split(": ", 1)[-1] for line in lines[1]]
    return done.returncode, *lines


def differences(weft, oracle):
    if weft[0] != oracle[0]:
        yield f"status {weft[0]}, expected {oracle[0]}"
    for expected, actual in ((oracle[1], weft[1]), (oracle[2], weft[2])):
        for number, pair in enumerate(zip(expected, actual), 1):
            if pair[0] != pair[1]:
                yield f"line {number}: expected {pair[0][:160]}"
                yield f"line {number}: weft has {pair[1][:160]}"
        if len(expected) != len(actual):
            yield f"{len(actual)} lines, expected {len(expected)}"


def check(seed, options):
    program = generate.program(seed)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        Path(folder, "program.lua").write_text(program, encoding="latin-1")
        oracle = run(options.oracle, folder, options.timeout)
        weft = run(options.weft, folder, options.timeout)
    if oracle[0] == "timeout" or (oracle[0] < 0 and weft[0] == 0):
        return None  # nothing to compare with
    found = list(differences(weft, oracle))
    if found and options.keep:
        Path(options.keep).mkdir(parents=True, exist_ok=True)
        Path(options.keep, f"{seed}.lua").write_text(program,
                                                     encoding="latin-1")
    return found


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weft", required=True)
    parser.add_argument("--oracle", default="lua5.4")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=20)
    parser.add_argument("--keep")
    options = parser.parse_args()
    for name in ("weft", "oracle"):
        found = shutil.which(getattr(options, name))
        if not found:
            sys.exit(f"run.py: no such interpreter: {getattr(options, name)}")
        setattr(options, name, str(Path(found).resolve()))
    return options


def main():
    options = parse_arguments()
    seeds = range(options.seed, options.seed + options.count)
    passed = failed = skipped = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for seed, found in zip(seeds, pool.map(lambda s: check(s, options),
                                               seeds)):
            if found is None:
                skipped += 1
            elif not found:
                passed += 1
            else:
                failed += 1
                print(f"FAIL seed {seed}")
                print("\n".join("    " + line for line in found[:SHOWN]),
                      flush=True)
    if skipped:
        print(f"{skipped} skipped: the reference interpreter failed")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
