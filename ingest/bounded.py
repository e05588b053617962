"""A parser in a process of its own: bounded in memory, and ended where a file takes too long.

The process is started as a program, not by `multiprocessing`, so that it can be had from any thread of any process:
also from the daemonic workers of a cluster, which may have no children of the other kind.
"""

import gc
import os
import pickle
import platform
import resource
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from ingest.report import PARSER_VERSION, ParsedReport

FILES_A_PROCESS = 2000
"""A process is replaced after so many files: what a library leaks does not add up."""
TIMEOUT, DIED, READY = "timeout", "died", "ready"
_START_SECONDS = 120
_COLLECT_AFTER = (50_000, 20, 20)
"""How many more objects than before make the interpreter look for cycles, and how often for old ones."""


class OtherVersionError(RuntimeError):
    """A worker has another version of the parser than the build."""


class ParserNotStartedError(RuntimeError):
    """A parsing process could not be started: the machine's or the installation's fault, never the document's."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file to parse: by its path, or by its bytes where the parser cannot open it (in a container, on a cluster);
    with `ocr`, scans are read."""

    report_id: str
    path: str | None = None
    data: bytes | None = None
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an order: `report` pickled, or None with `failure`: `timeout`, `died`, or an exception.

    Both None: the bytes are no longer those that were hashed.
    """

    report: bytes | None = None
    failure: str | Exception | None = None

    def load(self) -> ParsedReport | None:
        """The report, where there is one."""
        return None if self.report is None else pickle.loads(self.report)


class BoundedParser:
    """Starts its process when it is first needed, and anew after it was ended. Not safe for threads: one for each."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: _Pipe | None = None
        self._parsed = 0

    def parse(self, order: Order, seconds: float, memory_bytes: int) -> Answer:
        """Parse one file in at most so many seconds and bytes of address space.

        Raises ParserNotStartedError where there is no process to parse it.
        """
        try:
            pipe = self._started(memory_bytes)
        except (EOFError, OSError) as error:
            self.close()
            raise ParserNotStartedError(
                f"no parsing process could be started on {platform.node()}: {error or 'it ended at once'}"
            ) from error
        try:
            pipe.send(order)
            if not pipe.receives.poll(seconds):
                self.close()
                return Answer(failure=TIMEOUT)
            answer = pipe.receives.recv()
        except (EOFError, OSError):
            self.close()
            return Answer(failure=DIED)
        self._parsed += 1
        return answer if isinstance(answer, Answer) else Answer(failure=DIED)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _started(self, memory_bytes: int) -> "_Pipe":
        if self._parsed >= FILES_A_PROCESS or (self._process is not None and self._process.poll() is not None):
            self.close()
        if self._pipe is None:
            self._parsed = 0
            theirs_in, ours_out = os.pipe()
            ours_in, theirs_out = os.pipe()
            serves = f"from ingest.bounded import serve; serve({theirs_in}, {theirs_out}, {memory_bytes})"
            command = [sys.executable, "-c", serves]
            # The same code as this process runs, wherever that was found.
            found = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
            path = os.pathsep.join(filter(None, (found, os.environ.get("PYTHONPATH"))))
            self._pipe = _Pipe(Connection(ours_out, readable=False), Connection(ours_in, writable=False))
            try:
                self._process = subprocess.Popen(
                    command, pass_fds=(theirs_in, theirs_out), env={**os.environ, "PYTHONPATH": path}
                )
            finally:
                os.close(theirs_in)
                os.close(theirs_out)
            # A file's time begins when the parser has been loaded.
            if not self._pipe.receives.poll(_START_SECONDS):
                raise EOFError(f"it was not ready after {_START_SECONDS} s")
            self._pipe.receives.recv()
        return self._pipe


@dataclass(frozen=True, slots=True)
class _Pipe:
    sends: Connection
    receives: Connection

    def send(self, order: Order) -> None:
        self.sends.send(order)

    def close(self) -> None:
        self.sends.close()
        self.receives.close()


_OF_THREAD = threading.local()


def parse_orders(version: str, orders: Sequence[Order], seconds: float, memory_bytes: int) -> list[Answer]:
    """The work that an executor is given: parse files one after the other in the process of this thread.

    Raises OtherVersionError where this machine has another version of the parser than who sent the orders.
    """
    if version != PARSER_VERSION:
        raise OtherVersionError(
            f"this worker has parser version {PARSER_VERSION}, the build {version}; install the same on both"
        )
    parser = getattr(_OF_THREAD, "parser", None)
    if parser is None:
        parser = _OF_THREAD.parser = BoundedParser()
    return [parser.parse(order, seconds, memory_bytes) for order in orders]


def serve(orders_fd: int, answers_fd: int, memory_bytes: int) -> None:
    """In the process: answer one order after the other, until who sends them is gone."""
    orders, answers = Connection(orders_fd, writable=False), Connection(answers_fd, readable=False)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    from ingest.orders import parse_order

    # A parse makes thousands of tuples and hardly a cycle: looking for cycles as often as usual takes a tenth of it.
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    answers.send(READY)
    while True:
        try:
            order = orders.recv()
        except EOFError:
            return
        try:
            report = parse_order(order)
            answer = Answer(None if report is None else pickle.dumps(report, pickle.HIGHEST_PROTOCOL))
        except MemoryError:
            # Nothing of this process is to be trusted any more; who waits sees that it died.
            return
        except Exception as error:
            answer = Answer(failure=_sendable(error))
        with suppress(BrokenPipeError):
            answers.send(answer)


def _sendable(error: Exception) -> Exception:
    """An exception that survives the pipe; one that does not by its name and message."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
