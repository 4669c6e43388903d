"""The processes of a load benchmark, and what each of them uses."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")  # Linux only
TICKS = os.sysconf("SC_CLK_TCK")  # a second, the unit of processor time in /proc
PATIENCE = 10.0  # seconds for a process that was told to stop
USER, SYSTEM = 11, 12  # places of utime and stime in /proc/<pid>/stat, counted behind the name


@contextmanager
def running(module: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """`python -m module...` in a folder; gone at the end, whatever happens. Its log is dropped."""
    process = subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", *module],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def addresses(process: "subprocess.Popen[str]") -> dict[str, str]:
    """Where the pretend Telegram listens: the first line that it prints."""
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise OSError("the pretend Telegram did not start: try `python -m benchmarks.telegram`")
    found: dict[str, str] = json.loads(line)
    return found


def cpu(pid: int) -> float | None:
    """Seconds of processor that a process has used; None where that can't be read."""
    try:
        fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[USER]) + int(fields[SYSTEM])) / TICKS


def memory(pid: int) -> tuple[float | None, float | None]:
    """Megabytes in memory now, and at most so far."""
    try:
        lines = (PROC / str(pid) / "status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None, None
    sizes = {line.partition(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return int(sizes["VmRSS"]) / 1024, int(sizes["VmHWM"]) / 1024
