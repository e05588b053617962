"""Reading containers in a process of its own: whatever one holds, the build goes on.

The process is bounded in memory, and ended where it gives no sign of life. Its pipe is the back-pressure: it reads on
only when what it has read was taken.
"""

import hashlib
import resource
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any

from ingest.containers.limits import STALL_SECONDS
from ingest.readers.limits import PARSE_MEMORY_BYTES

_ROWS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A member without its bytes. `place` is its number in the container, counted from 0; the container itself, and
    each container inside it, has none and no report_id."""

    label: str
    place: int | None
    report_id: str | None
    byte_count: int | None
    issue: str | None
    source_url: str | None
    fetched_at: datetime | None


class ContainerReader:
    """Lists and reads containers in one process, which is started when it is first needed. Use it as a context."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> "ContainerReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()

    def members(self, path: str) -> Iterator[Listed]:
        """Every member of a container file with the SHA-256 of its bytes, and at last the container itself.

        Raises OSError where the file cannot be opened.
        """
        for rows in self._answers((path, None)):
            if isinstance(rows, str):
                yield Listed("", None, None, None, f"{rows}; what stands before it was read", None, None)
            else:
                yield from rows

    def contents(self, path: str, places: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """The bytes of the members at these places, in the order of the container; some may be lacking.

        Raises OSError where the file cannot be opened.
        """
        for item in self._answers((path, frozenset(places))):
            if isinstance(item, tuple):
                yield item

    def _answers(self, request: tuple[str, frozenset[int] | None]) -> Iterator[Any]:
        """What the process answers; a text as the last where it had to be ended."""
        pipe = self._started()
        pipe.send(request)
        finished = False
        try:
            while True:
                if not pipe.poll(STALL_SECONDS):
                    yield f"reading it stood still for {STALL_SECONDS} s and was ended"
                    return
                answer = pipe.recv()
                if answer is None:
                    finished = True
                    return
                if isinstance(answer, OSError):
                    finished = True
                    raise answer
                yield answer
        except EOFError:
            yield "reading it ended its process; it needs more memory than it may take"
        finally:
            if not finished:
                self._end()

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._end()
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection) -> None:
    """In the process: answer one request after the other, until the other end of the pipe is gone."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (PARSE_MEMORY_BYTES, PARSE_MEMORY_BYTES))
    try:
        while True:
            path, places = pipe.recv()
            try:
                _list(pipe, path) if places is None else _hand_over(pipe, path, places)
            except OSError as error:
                if isinstance(error, BrokenPipeError):
                    return
                pipe.send(error)
            except MemoryError:
                return
            except Exception as error:  # told as the container's issue; what came before stands
                pipe.send(f"it cannot be read on: {type(error).__name__}: {error}")
                pipe.send(None)
            else:
                pipe.send(None)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def _list(pipe: Connection, path: str) -> None:
    # Imported here, as it is in the process alone that containers are opened.
    from ingest.containers.walk import walk

    rows: list[Listed] = []
    place = 0
    for member in walk(path):
        report_id = None if member.data is None else hashlib.sha256(member.data).hexdigest()
        rows.append(
            Listed(
                member.label,
                None if member.is_container else place,
                report_id,
                member.byte_count,
                member.issue,
                member.source_url,
                member.fetched_at,
            )
        )
        place += not member.is_container
        if len(rows) >= _ROWS_AT_A_TIME:
            pipe.send(rows)
            rows = []
    pipe.send(rows)


def _hand_over(pipe: Connection, path: str, places: frozenset[int]) -> None:
    from ingest.containers.walk import walk

    left = len(places)
    place = 0
    for member in walk(path):
        if member.is_container:
            continue
        if place in places:
            left -= 1
            if member.data is not None:
                pipe.send((place, member.data))
            if not left:
                return
        place += 1
