"""Parsing many files in processes of their own: bounded in time and memory, and one bad file never ends the run."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.bounded import DIED, TIMEOUT, Answer, Order, parse_orders
from ingest.containers.process import ContainerReader
from ingest.landing import MOUNT_FAULTS, READ, UNREADABLE, VANISHED, LandedFile
from ingest.parse import unread
from ingest.readers.limits import MAX_BYTES, OCR_SECONDS, PARSE_MEMORY_BYTES, PARSE_SECONDS
from ingest.report import PARSER_VERSION, ParsedReport

_IN_FLIGHT_A_WORKER = 8
_BYTES_IN_FLIGHT = 256 * 1024 * 1024
_FILES_A_MESSAGE = 64
_BYTES_A_MESSAGE = 8 * 1024 * 1024
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
    files: Sequence[LandedFile],
    workers: int | None = None,
    progress: Callable[[LandedFile], None] | None = None,
    executor: Executor | None = None,
    ocr: bool = False,
) -> Iterator[Outcome]:
    """Parse files (each with its report_id) in worker processes; yields one Outcome a file, in the order given.

    A file over the time limit has its process ended and becomes a report of status `unreadable`, as does one whose
    process dies or runs out of memory. Members of one container stand together, in the order of their place: they are
    read from it as they are needed, and no more of them wait than a bound in bytes.

    `executor` is anything with the interface of `concurrent.futures.Executor`, such as a Dask cluster's, that does
    `workers` pieces of work at a time. It is handed bytes, so its machines need not see the landing folder. Without
    one, the work is done by as many processes of this machine as it has cores. With `ocr`, scans are read.

    Raises what is no document's fault: ParserNotStartedError, OtherVersionError, ConnectionError, OSError where the
    landing folder's mount is gone, and whatever else an executor fails with.
    """
    count = max(1, min(workers or os.cpu_count() or 1, len(files)))
    with ExitStack() as stack:
        pool = executor or stack.enter_context(ThreadPoolExecutor(count, thread_name_prefix="parse"))
        with_data = _with_data(files, stack.enter_context(ContainerReader()), ships_bytes=executor is not None)
        waiting: deque[_Work] = deque()
        for work in _works(with_data, whole=executor is not None, ocr=ocr):
            while waiting and (
                len(waiting) >= count * _IN_FLIGHT_A_WORKER
                or sum(ahead.byte_count for ahead in waiting) + work.byte_count > _BYTES_IN_FLIGHT
            ):
                yield from _settled(pool, waiting.popleft(), progress)
            work.start(pool)
            waiting.append(work)
        while waiting:
            yield from _settled(pool, waiting.popleft(), progress)


def _seconds(ocr: bool) -> int:
    """The time that a file may take."""
    return OCR_SECONDS if ocr else PARSE_SECONDS


@dataclass(slots=True)
class _Work:
    """Files that a worker parses one after the other, and the answer that is awaited. A text stands for a file that
    could not be had."""

    files: list[LandedFile]
    orders: list[Order | str]
    byte_count: int = 0
    future: "Future[list[Answer]] | None" = None

    def start(self, pool: Executor) -> None:
        orders = [order for order in self.orders if isinstance(order, Order)]
        if orders:
            seconds = _seconds(orders[0].ocr)
            self.future = pool.submit(parse_orders, PARSER_VERSION, orders, seconds, PARSE_MEMORY_BYTES)


def _works(files: Iterable[tuple[LandedFile, bytes | str | None]], whole: bool, ocr: bool) -> Iterator[_Work]:
    """The files in pieces of work: one by one for processes of this machine, many at a time for those far away."""
    most = _FILES_A_MESSAGE if whole else 1
    work = _Work([], [])
    for file, data in files:
        assert file.report_id is not None
        work.files.append(file)
        if isinstance(data, str):
            work.orders.append(data)
        else:
            work.orders.append(Order(file.report_id, None if data is not None else file.path, data, ocr))
            work.byte_count += len(data or b"")
        if len(work.files) >= most or work.byte_count >= _BYTES_A_MESSAGE:
            yield work
            work = _Work([], [])
    if work.files:
        yield work


def _settled(pool: Executor, work: _Work, progress: Callable[[LandedFile], None] | None) -> Iterator[Outcome]:
    answers = iter(_answers(pool, work))
    for file, order in zip(work.files, work.orders, strict=True):
        outcome = (
            Outcome(file, None, VANISHED, order) if isinstance(order, str) else _outcome(order, file, next(answers))
        )
        if progress:
            progress(file)
        yield outcome


def _answers(pool: Executor, work: _Work) -> list[Answer]:
    """The answers to a piece of work. Where its worker was lost again and again, its files are tried one by one, so
    that only the one that ends workers is given up.

    Anything else that an executor raises is no document's fault and is raised: ConnectionError where the work itself
    was lost, as when a cluster's scheduler goes.
    """
    if work.future is None:
        return []
    try:
        return work.future.result()
    except CancelledError as error:
        raise ConnectionError("the cluster dropped work that it had been given; is its scheduler gone?") from error
    except Exception as error:
        if not _lost_its_worker(error):
            raise
        orders = [order for order in work.orders if isinstance(order, Order)]
        if len(orders) == 1:
            return [Answer(failure=DIED)]
        alone = [_Work([file], [order]) for file, order in zip(work.files, work.orders, strict=True)]
        for piece in alone:
            piece.start(pool)
        return [answer for piece in alone for answer in _answers(pool, piece)]


def _lost_its_worker(error: Exception) -> bool:
    """Whether an executor says that the process which did a piece of work ended again and again."""
    # Dask has an exception of its own for it; where it was not imported, it raised nothing.
    distributed = sys.modules.get("distributed")
    return isinstance(error, BrokenExecutor) or (
        distributed is not None and isinstance(error, distributed.KilledWorker)
    )


def _with_data(
    files: Sequence[LandedFile], reader: ContainerReader, ships_bytes: bool
) -> Iterator[tuple[LandedFile, bytes | str | None]]:
    """Each file with its bytes where it is a member of a container, or with why it could not be had from there."""
    for (path, inside), group in groupby(files, key=lambda file: (file.path, file.place is not None)):
        if not inside:
            yield from ((file, _bytes_of(file) if ships_bytes else None) for file in group)
            continue
        expected = deque(group)
        try:
            for place, data in reader.contents(path, [file.place for file in expected if file.place is not None]):
                while expected and expected[0].place != place:
                    yield expected.popleft(), _NOT_IN_CONTAINER
                if expected:
                    yield expected.popleft(), data
        except OSError as error:
            if error.errno in MOUNT_FAULTS:
                raise
            yield from ((file, f"its container cannot be read: {error.strerror}") for file in expected)
            continue
        yield from ((file, _NOT_IN_CONTAINER) for file in expected)


def _bytes_of(file: LandedFile) -> bytes | None:
    """The bytes of a file, for a worker far away; None where it has to be opened to see what is wrong with it."""
    try:
        if os.path.getsize(file.path) <= MAX_BYTES:
            return Path(file.path).read_bytes()
    except OSError:
        pass
    return None


def _outcome(order: Order, file: LandedFile, answer: Answer) -> Outcome:
    assert file.report_id is not None
    failure = answer.failure
    if failure is None:
        report = answer.load()
        if report is None:
            return Outcome(file, None, VANISHED, "the file changed while it was read; the next build takes it")
        return Outcome(file, report)
    if isinstance(failure, FileNotFoundError):
        return Outcome(file, None, VANISHED, "the file vanished before it was parsed")
    if isinstance(failure, OSError):
        if failure.errno in MOUNT_FAULTS:
            raise failure
        return Outcome(file, None, UNREADABLE, f"cannot be read: {failure.strerror}")
    if failure == TIMEOUT:
        code, message = "parse_timeout", f"parsing took longer than {_seconds(order.ocr)} s and was ended"
    elif failure == DIED:
        code, message = "parse_out_of_memory", "parsing ended its process; the file needs more memory than it may take"
    elif isinstance(failure, RecursionError):
        code, message = "parse_too_deep", "the file is nested deeper than can be parsed"
    else:  # a fault of ours: told loudly as an issue of its own, while the run goes on
        code, message = PARSER_FAULT, f"the parser failed on this file: {type(failure).__name__}: {failure}"
    return Outcome(file, unread(file.report_id, "application/octet-stream", code, message))
