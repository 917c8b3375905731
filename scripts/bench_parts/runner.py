"""runner.py: one run of a program, its CPU time and its peak memory."""

import ctypes
import fcntl
import os
import select
import signal
import tempfile

PR_SET_CHILD_SUBREAPER = 36


class Failure(Exception):
    """A reason to stop with exit status 2."""


class Runner:
    """Runs one command at a time and takes its CPU time and peak memory.

    Peak memory survives an exec: a child of this process would never report
    less than Python itself occupies. So a small shell starts the program in the
    background and leaves, and this process, as subreaper, inherits and waits
    for the program.
    """

    LAUNCHER = '"$@" <&3 >&4 2>&5 3<&- 4>&- 5>&- 6>&- & echo $! >&6'

    def __init__(self, timeout):
        self.timeout = timeout
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
            raise Failure("prctl(PR_SET_CHILD_SUBREAPER) failed: "
                          + os.strerror(ctypes.get_errno()))
        self.environment = {
            key: value for key, value in os.environ.items()
            if not key.startswith("LUA_")}
        self.environment["LC_ALL"] = "C"

    def launch(self, command, out, err):
        """Starts the command; its process id."""
        null = os.open(os.devnull, os.O_RDONLY)
        reading, writing = os.pipe()
        # Copies above the targets 3 to 6, so that no dup2 overwrites a source.
        moved = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 20)
                 for fd in (null, out.fileno(), err.fileno(), writing)]
        actions = [(os.POSIX_SPAWN_DUP2, fd, 3 + i) for i, fd in enumerate(moved)]
        try:
            shell = os.posix_spawn(
                "/bin/sh", ["sh", "-c", self.LAUNCHER, "sh"] + command,
                self.environment, file_actions=actions)
        finally:
            for fd in [null, writing] + moved:
                os.close(fd)
        with os.fdopen(reading) as pipe:
            pid = int(pipe.readline() or 0)
        os.waitpid(shell, 0)
        if pid == 0:
            raise Failure(f"/bin/sh could not start {command[0]}")
        return pid

    def wait(self, pid):
        """Waits for the process; (status, rusage, timed out)."""
        late = False
        handle = os.pidfd_open(pid)
        try:
            ready, _, _ = select.select([handle], [], [], self.timeout)
            if not ready:
                late = True
                os.kill(pid, signal.SIGKILL)
        except BaseException:
            os.kill(pid, signal.SIGKILL)
            os.wait4(pid, 0)
            raise
        finally:
            os.close(handle)
        _, status, usage = os.wait4(pid, 0)
        return status, usage, late

    def run(self, command):
        """A dict of time, peak memory, both outputs and, if it failed, the error."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            for attempt in range(20):
                for file in (out, err):
                    file.seek(0)
                    file.truncate()
                pid = self.launch(command, out, err)
                try:
                    status, usage, late = self.wait(pid)
                    break
                except ProcessLookupError:
                    # Over so soon that the shell saw it end: once more.
                    if attempt == 19:
                        raise Failure(f"cannot watch {command[0]}") from None
            out.seek(0)
            err.seek(0)
            output = out.read(1 << 20).decode("utf-8", "replace")
            message = err.read(1 << 16).decode("utf-8", "replace")
        error = None
        code = os.waitstatus_to_exitcode(status)
        if late:
            error = f"still running after {self.timeout:g} s"
        elif code < 0:
            error = f"killed by {signal.Signals(-code).name}"
        elif code > 0:
            error = f"exit status {code}"
        if error and message.strip():
            error += ": " + message.strip().splitlines()[0]
        return {"time": usage.ru_utime + usage.ru_stime,
                "peak_kb": usage.ru_maxrss, "output": output,
                "stderr": message, "error": error}
