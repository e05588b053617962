"""Running a command and measuring it: wall and processor seconds, and the memory of its whole process tree."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
_EVERY_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Measure:
    """What one command cost. `cpu_seconds` are those of all its processes; `peak_mb` is the highest sum of their
    proportional set sizes (PSS, which counts a page shared by two processes half for each), in 10^6 bytes."""

    stage: str
    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(stage: str, command: list[str]) -> Measure:
    """Run a command in the checkout to its end; raises RuntimeError with the end of its output where it fails."""
    peaks = [0]
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True)
    watcher.start()
    assert process.stdout
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output.decode()[-4000:]}")
    return Measure(stage, seconds, usage.ru_utime + usage.ru_stime, max(peaks) / 1e6)


def _watch(pid: int, peaks: list[int]) -> None:
    """Note the memory of a process and all below it until it ends."""
    try:
        root = psutil.Process(pid)
        while root.status() != psutil.STATUS_ZOMBIE:
            peaks.append(sum(map(_pss, (root, *root.children(recursive=True)))))
            time.sleep(_EVERY_SECONDS)
    except psutil.NoSuchProcess:
        return


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def python(code: str) -> list[str]:
    """The command that runs some Python code."""
    return [sys.executable, "-c", code]


def module(name: str, *arguments: str | Path) -> list[str]:
    """The command that runs a module of the checkout."""
    return [sys.executable, "-m", name, *map(str, arguments)]


def ogi(*arguments: str | Path) -> list[str]:
    """The command that runs `ogi` of this environment."""
    return [str(Path(sys.executable).with_name("ogi")), *map(str, arguments)]
