"""Parsing many files in processes of their own: bounded in time and memory, and one bad file never ends the run."""

import os
import resource
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context

from pebble import ProcessExpired, ProcessPool

from ingest.containers.process import ContainerReader
from ingest.landing import READ, UNREADABLE, VANISHED, LandedFile
from ingest.parse import parse, report_id_of, unread
from ingest.readers import too_large
from ingest.readers.limits import MAX_BYTES, PARSE_MEMORY_BYTES, PARSE_SECONDS
from ingest.report import ParsedReport

_IN_FLIGHT_A_WORKER = 8
_BYTES_IN_FLIGHT = 256 * 1024 * 1024
_NOT_IN_CONTAINER = "its container changed while it was read; the next build takes it"
PARSER_FAULT = "parser_fault"
"""The issue of a file on which the parser itself failed: a fault of this software, to be reported and mended."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its parse, or the status and issue of a file that could not be read."""

    file: LandedFile
    report: ParsedReport | None
    status: str = READ
    issue: str | None = None


def parse_files(
    files: Sequence[LandedFile], workers: int | None = None, progress: Callable[[LandedFile], None] | None = None
) -> Iterator[Outcome]:
    """Parse files (each with its report_id) in worker processes; yields one Outcome a file, in the order given.

    A file over the time limit has its process ended and becomes a report of status `unreadable`, as does one whose
    process dies or runs out of memory. Members of one container stand together, in the order of their place: they are
    read from it as they are needed, and no more of them wait than a bound in bytes.
    """
    count = max(1, min(workers or os.cpu_count() or 1, len(files)))
    with (
        ProcessPool(max_workers=count, max_tasks=2000, context=get_context("spawn"), initializer=_limit) as pool,
        ContainerReader() as reader,
    ):
        waiting: deque[tuple[LandedFile, object, int]] = deque()
        held = 0
        for file, data in _with_data(files, reader):
            while waiting and (len(waiting) >= count * _IN_FLIGHT_A_WORKER or held > _BYTES_IN_FLIGHT):
                held -= waiting[0][2]
                yield _settled(*waiting.popleft()[:2], progress)
            size = len(data) if isinstance(data, bytes) else 0
            waiting.append((file, _scheduled(pool, file, data), size))
            held += size
        while waiting:
            yield _settled(*waiting.popleft()[:2], progress)


def _scheduled(pool: ProcessPool, file: LandedFile, data: bytes | str | None) -> object:
    """The parse of a file on its way, or why there is none."""
    if isinstance(data, str):
        return data
    if data is None:
        return pool.schedule(_parse_one, args=(file.path, file.report_id), timeout=PARSE_SECONDS)
    return pool.schedule(_parse_bytes, args=(data, file.report_id), timeout=PARSE_SECONDS)


def _settled(file: LandedFile, future: object, progress: Callable[[LandedFile], None] | None) -> Outcome:
    outcome = Outcome(file, None, VANISHED, future) if isinstance(future, str) else _outcome(file, future)
    if progress:
        progress(file)
    return outcome


def _with_data(files: Sequence[LandedFile], reader: ContainerReader) -> Iterator[tuple[LandedFile, bytes | str | None]]:
    """Each file with its bytes where it is a member of a container, or with why it could not be had from there."""
    for (path, inside), group in groupby(files, key=lambda file: (file.path, file.place is not None)):
        if not inside:
            yield from ((file, None) for file in group)
            continue
        expected = deque(group)
        try:
            for place, data in reader.contents(path, [file.place for file in expected if file.place is not None]):
                while expected and expected[0].place != place:
                    yield expected.popleft(), _NOT_IN_CONTAINER
                if expected:
                    yield expected.popleft(), data
        except OSError as error:
            yield from ((file, f"its container cannot be read: {error.strerror}") for file in expected)
            continue
        yield from ((file, _NOT_IN_CONTAINER) for file in expected)


def _limit() -> None:
    """Bound the memory of a worker process, where the system can."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (PARSE_MEMORY_BYTES, PARSE_MEMORY_BYTES))
    except (ValueError, OSError):
        return


def _parse_one(path: str, report_id: str) -> ParsedReport | None:
    """In a worker: read and parse a file; None where its bytes are no longer those that were hashed."""
    size = os.path.getsize(path)
    if size > MAX_BYTES:
        fault = too_large(size)
        return unread(report_id, "application/octet-stream", fault.code, fault.message)
    with open(path, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    return _parse_bytes(data, report_id)


def _parse_bytes(data: bytes, report_id: str) -> ParsedReport | None:
    """In a worker: parse bytes; None where they are no longer those that were hashed."""
    if report_id_of(data) != report_id:
        return None
    return parse(data)


def _outcome(file: LandedFile, future: object) -> Outcome:
    assert file.report_id is not None
    try:
        report = future.result()  # type: ignore[attr-defined]
    except FutureTimeout:
        message = f"parsing took longer than {PARSE_SECONDS} s and was ended"
        return Outcome(file, unread(file.report_id, "application/octet-stream", "parse_timeout", message))
    except (MemoryError, ProcessExpired) as error:
        message = (
            f"parsing ended its process ({type(error).__name__}: {error}); the file needs more memory than it may take"
        )
        return Outcome(file, unread(file.report_id, "application/octet-stream", "parse_out_of_memory", message))
    except RecursionError:
        message = "the file is nested deeper than can be parsed"
        return Outcome(file, unread(file.report_id, "application/octet-stream", "parse_too_deep", message))
    except FileNotFoundError:
        return Outcome(file, None, VANISHED, "the file vanished before it was parsed")
    except OSError as error:
        return Outcome(file, None, UNREADABLE, f"cannot be read: {error.strerror}")
    except Exception as error:  # a fault of ours: told loudly as an issue of its own, while the run goes on
        message = f"the parser failed on this file: {type(error).__name__}: {error}"
        return Outcome(file, unread(file.report_id, "application/octet-stream", PARSER_FAULT, message))
    if report is None:
        return Outcome(file, None, VANISHED, "the file changed while it was read; the next build takes it")
    return Outcome(file, report)
