"""Where a lake lies: a folder, or a prefix of an object store by its fsspec URL. The same code reads both."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from upath import UPath

LakePath: TypeAlias = "Path | UPath"
"""The lake, a table's folder or a part: `Path` in a folder, another UPath on an object store."""

_NEEDS = {"s3": "pip install 'ogi-warehouse[s3]'"}


class LakeLocationError(ValueError):
    """A location of a lake that cannot be used; the message says why and what to do."""


def is_url(location: str) -> bool:
    """Whether a location is a URL of an object store, not the path of a folder."""
    return "://" in location and not location.startswith("file://")


def lake_at(location: str) -> LakePath:
    """The lake at the path of a folder or at an fsspec URL such as `s3://bucket/prefix`. Nothing is contacted.

    Raises LakeLocationError where a URL cannot be used, or the package that knows its protocol is not installed.
    """
    if not is_url(location):
        return Path(location.removeprefix("file://")).resolve()
    protocol, _, rest = location.partition("://")
    if not rest.strip("/"):
        raise LakeLocationError(f"{location} names no bucket; give the lake as {protocol}://BUCKET/PREFIX")
    # Imported here: a lake in a folder does not need them, and they take a tenth of a second.
    import fsspec
    from upath import UPath

    try:
        fsspec.get_filesystem_class(protocol)
    except (ImportError, ValueError) as error:
        how = _NEEDS.get(protocol, str(error))
        raise LakeLocationError(f"a lake at {protocol}:// needs a package that is not installed: {how}") from error
    # Others may write between two looks: a list of parts is never remembered.
    return UPath(location.rstrip("/"), use_listings_cache=False)


def listed(folder: LakePath) -> list[LakePath]:
    """The Parquet files of a table's folder, sorted by name; none where there is no such folder."""
    return sorted(folder.glob("*.parquet"), key=lambda path: path.name)


def read_parquet(path: LakePath, columns: Sequence[str] | None = None, filters: Any = None) -> pa.Table:
    """The rows of a Parquet file, or of all in a table's folder. Raises OSError and pyarrow.ArrowInvalid."""
    names = None if columns is None else list(columns)
    if isinstance(path, Path):
        return pq.read_table(path, columns=names, filters=filters)
    return pq.read_table(path.path, columns=names, filters=filters, filesystem=path.fs)


def read_schema(path: LakePath) -> pa.Schema:
    """The columns of a Parquet file."""
    return pq.read_schema(path) if isinstance(path, Path) else pq.read_schema(path.path, filesystem=path.fs)


def row_count(path: LakePath) -> int:
    """The number of rows of a Parquet file, from its footer."""
    metadata = pq.read_metadata(path) if isinstance(path, Path) else pq.read_metadata(path.path, filesystem=path.fs)
    return int(metadata.num_rows)


def dataset(folder: LakePath) -> ds.Dataset:
    """A table's folder as a dataset, for counts and first rows."""
    if isinstance(folder, Path):
        return ds.dataset(folder, format="parquet")
    return ds.dataset(folder.path, format="parquet", filesystem=folder.fs)


def unreachable(error: BaseException) -> bool:
    """Whether an error, or what caused it, says that an object store did not answer: worth another try."""
    return any(isinstance(cause, ConnectionError | TimeoutError) or _kinds(cause) & _NO_ANSWER for cause in _all(error))


def fault_of(location: str, error: BaseException) -> str | None:
    """What an error says of a lake on an object store, with what to do; None where it says nothing of it."""
    if not is_url(location):
        return None
    if unreachable(error):
        return f"the lake at {location} does not answer ({_told(error)}); start again when it does"
    if any(_kinds(cause) & _REFUSED for cause in _all(error)):
        return f"the lake at {location} cannot be used ({_told(error)}); see that bucket and credentials are right"
    return None


def _all(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what caused it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _told(error: BaseException) -> str:
    return str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__


def _kinds(error: BaseException) -> set[str]:
    """An error's classes as package.name: those of S3's client are known by name, for only such a lake needs them."""
    return {f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(error).__mro__}


_NO_ANSWER = frozenset(("botocore.HTTPClientError", "aiohttp.ClientError"))
_REFUSED = frozenset(("botocore.BotoCoreError", "botocore.ClientError"))
