"""Walking through a container and the containers inside it, one member at a time."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.containers.json_lines import json_lines_members
from ingest.containers.limits import MAX_DEPTH
from ingest.containers.model import Budget, ContainerError, Member, Members, Source, TooMuchError
from ingest.containers.sniff import GZIP, JSON_LINES, PARQUET, WARC, ZIP, kind_inside_gzip, kind_of
from ingest.containers.streams import Counted, GzipMembers
from ingest.containers.warcs import warc_members
from ingest.containers.zips import too_large, zip_members
from ingest.readers.limits import MAX_BYTES

_BUFFER = 1 << 18


def walk(path: str | Path) -> Iterator[Member]:
    """The members of a container file, those of containers inside it included, and at last the container itself.

    The last one has an empty label and says in its issue what is wrong with the container as a whole, if anything is.
    No more than one member is in memory at a time. Raises OSError where the file cannot be opened; nothing else.
    """
    with io.BufferedReader(io.FileIO(path), _BUFFER) as file:
        size = file.seek(0, 2)
        kind = kind_of(file) or _kind_by_name(str(path))
        yield from _opened(file, str(path), kind, "", Budget(size), 1)


def _kind_by_name(name: str) -> str | None:
    return JSON_LINES if name.lower().endswith((".jsonl", ".ndjson")) else None


def is_container(path: str | Path, source: Source) -> bool:
    """Whether a file is a container, by its first bytes, or as JSON Lines by its name. Raises OSError."""
    return bool(kind_of(source) or _kind_by_name(str(path)))


def _opened(source: Source, name: str, kind: str | None, prefix: str, budget: Budget, depth: int) -> Iterator[Member]:
    """The members of one container, each container among them opened in its turn; then the container itself."""
    issue = None
    passed_over = budget.passed_over
    try:
        for member in _members(source, name, kind, budget):
            found = replace(member, label=f"{prefix}{member.label}")
            inner = None if member.data is None else _inner_kind(member)
            if inner is None or member.data is None:
                yield found
            elif depth >= MAX_DEPTH:
                yield replace(found, data=None, issue=f"a container nested deeper than {MAX_DEPTH} is not opened")
            else:
                data = io.BytesIO(member.data)
                for nested in _opened(data, member.label, inner, f"{found.label}!", budget, depth + 1):
                    whole = nested.label == f"{found.label}!"
                    yield replace(
                        nested,
                        label=found.label if whole else nested.label,
                        byte_count=member.byte_count if whole else nested.byte_count,
                        source_url=nested.source_url or member.source_url,
                        fetched_at=nested.fetched_at or member.fetched_at,
                    )
    except ContainerError as error:
        if depth > 1 and isinstance(error, TooMuchError):
            raise
        issue = str(error)
    if not issue and budget.passed_over > passed_over:
        issue = f"{budget.passed_over - passed_over} records that are no documents were passed over"
    yield Member(prefix, None, None, issue, is_container=True)


def _inner_kind(member: Member) -> str | None:
    assert member.data is not None
    return kind_of(io.BytesIO(member.data)) or _kind_by_name(member.label)


def _members(source: Source, name: str, kind: str | None, budget: Budget) -> Members:
    if kind == ZIP:
        return zip_members(source, budget)
    if kind == PARQUET:
        return parquet_members(source, budget)
    if kind == GZIP:
        return _gzip_members(source, name, budget)
    if kind == WARC:
        return warc_members(Counted(source), budget, str)
    if kind == JSON_LINES:
        return json_lines_members(source, budget)
    raise ContainerError("it is no container that is read")


def parquet_members(source: Source, budget: Budget) -> Members:
    """As in `ingest.containers.parquet`, which takes long to load and is rarely needed."""
    from ingest.containers.parquet import parquet_members as members

    yield from members(source, budget)


def _gzip_members(source: Source, name: str, budget: Budget) -> Members:
    head = source.read(1 << 16)
    source.seek(0)
    kind = kind_inside_gzip(head) or _kind_by_name(name.lower().removesuffix(".gz"))
    raw = GzipMembers(source, budget)
    stream = io.BufferedReader(raw, _BUFFER)
    if kind == WARC:

        def offset(position: int) -> str:
            starts = raw.starts
            while len(starts) > 1 and starts[1][0] <= position:
                starts.popleft()
            inside = position - starts[0][0]
            return f"{starts[0][1]}+{inside}" if inside else str(starts[0][1])

        return warc_members(Counted(stream), budget, offset)
    if kind == JSON_LINES:
        return json_lines_members(stream, budget)
    return _one_file(stream, name, budget)


def _one_file(stream: io.BufferedIOBase, name: str, budget: Budget) -> Members:
    """A single packed document, such as `page.html.gz`."""
    label = Path(name).name
    label = label[:-3] if label.lower().endswith(".gz") else "content"
    data = stream.read(MAX_BYTES + 1)
    budget.count()
    if len(data) > MAX_BYTES:
        yield Member(label, None, None, too_large(len(data)))
    else:
        yield Member(label, data, len(data))
