"""builds.py: the variants of weft that the lab compares, and building them.

A variant is a compiler, a dispatch mode and the steps of the linker that are
off, written gcc:direct or clang:tail-nofold-noic. Each is built in build/lab/
in several code layouts (-DWEFT_LAYOUT), of which only vm/exec/interp.c differs;
the programs are kept in build/lab/bin with a key of all that went into them.
"""

import hashlib
import os
import re
import shutil
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
LAB = os.path.join(ROOT, "build", "lab")
MODES = ("switch", "token", "direct", "tail")
AXES = ("fold", "fuse", "acc", "ic")
PRESETS = {"gcc": "release", "clang": "clang"}
COMMANDS = {"gcc": "gcc", "clang": "clang-19"}
PACKAGES = {"gcc": "gcc", "clang": "clang-19"}


class Failure(Exception):
    """A reason to stop with exit status 2."""


class Variant:
    """gcc:direct-nofold: what is built."""

    def __init__(self, text):
        found = re.fullmatch(r"(?:([^:]*):)?([a-z]+)((?:-no[a-z]+)*)", text)
        if not found:
            raise Failure(f"'{text}' is no variant: write COMPILER:MODE or "
                          "COMPILER:MODE-noAXIS, such as gcc:direct-nofold")
        self.mode = found.group(2)
        if self.mode not in MODES:
            raise Failure(f"unknown mode '{self.mode}'; modes are: "
                          + ", ".join(MODES))
        self.compiler = found.group(1) or (
            "clang" if self.mode == "tail" else "gcc")
        if self.compiler not in PRESETS:
            raise Failure(f"unknown compiler '{self.compiler}'; compilers are: "
                          + ", ".join(PRESETS))
        self.off = [word[2:] for word in found.group(3).split("-")[1:]]
        for axis in self.off:
            if axis not in AXES:
                raise Failure(f"unknown axis '{axis}' in '{text}'; axes are: "
                              + ", ".join(AXES))
        self.off = [axis for axis in AXES if axis in self.off]
        self.name = f"{self.compiler}:{self.mode}" + "".join(
            f"-no{axis}" for axis in self.off)

    def options(self):
        options = [f"-DWEFT_DISPATCH={self.mode}"]
        for axis in AXES:
            value = "OFF" if axis in self.off else "ON"
            options.append(f"-DWEFT_{axis.upper()}={value}")
        return options


class Build:
    """One program: a variant in one layout."""

    def __init__(self, variant, layout, extra=()):
        self.variant = variant
        self.layout = layout
        self.extra = list(extra)
        name = variant.name.replace(":", "-")
        self.folder = os.path.join(LAB, name + ("-stats" if extra else ""))
        self.path = os.path.join(
            LAB, "bin", f"{os.path.basename(self.folder)}-layout{layout}")


def check_compilers(variants):
    for compiler in sorted({v.compiler for v in variants}):
        if not shutil.which(COMMANDS[compiler]):
            raise Failure(f"compiler {COMMANDS[compiler]} is not installed "
                          f"(package {PACKAGES[compiler]}; scripts/setup build "
                          "test installs it)")
    if not shutil.which("cmake"):
        raise Failure("cmake is not installed (scripts/setup build)")


def source_key():
    """A hash of everything that a build depends on, compilers included."""
    total = hashlib.sha256()
    for folder in ("vm", "compiler", "scripts"):
        for where, folders, files in os.walk(os.path.join(ROOT, folder)):
            folders.sort()
            for name in sorted(files):
                if name.endswith((".c", ".h", ".inc", ".def")) or \
                        name in ("as", "check_layers"):
                    with open(os.path.join(where, name), "rb") as file:
                        total.update(name.encode() + b"\0" + file.read())
    for name in ("CMakeLists.txt", "CMakePresets.json"):
        with open(os.path.join(ROOT, name), "rb") as file:
            total.update(file.read())
    for command in COMMANDS.values():
        if shutil.which(command):
            total.update(subprocess.run([command, "--version"], check=False,
                                        stdout=subprocess.PIPE).stdout)
    return total.hexdigest()


def run(command, log):
    log.write("$ " + " ".join(command) + "\n")
    log.flush()
    return subprocess.run(command, cwd=ROOT, stdout=log, check=False,
                          stderr=subprocess.STDOUT).returncode == 0


def build_one(build, key, jobs):
    """Makes build.path; True when something had to be compiled."""
    stamp = build.path + ".key"
    wanted = key + " " + " ".join(build.variant.options() + build.extra)
    if os.path.exists(build.path) and os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == wanted:
                return False
    os.makedirs(os.path.dirname(build.path), exist_ok=True)
    command = ["cmake", "--preset", PRESETS[build.variant.compiler],
               "-B", build.folder, f"-DWEFT_LAYOUT={build.layout}",
               *build.variant.options(), *build.extra]
    if not os.path.exists(os.path.join(build.folder, "CMakeCache.txt")):
        if shutil.which("ninja"):
            command += ["-G", "Ninja"]
        if shutil.which("ccache"):
            command.append("-DCMAKE_C_COMPILER_LAUNCHER=ccache")
    path = build.path + ".log"
    with open(path, "w", encoding="utf-8") as log:
        good = run(command, log) and run(
            ["cmake", "--build", build.folder, "--target", "weft",
             "--parallel", str(jobs)], log)
    if not good:
        with open(path, encoding="utf-8", errors="replace") as log:
            tail = "".join(log.readlines()[-15:])
        raise Failure(f"{build.variant.name}, layout {build.layout} does not "
                      f"build; the end of {path}:\n{tail}")
    shutil.copy2(os.path.join(build.folder, "weft"), build.path)
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(wanted)
    return True
