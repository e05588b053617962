"""What is tried again: faults that pass, such as a mount that went and comes back. Everything else fails at once."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from ingest.lake import LakePath
from ingest.lake.damage import is_damage, remove_damaged
from ingest.lake.location import fault_of, unreachable
from ingest.landing import MOUNT_FAULTS
from warehouse.paths import DataPaths

UNTOUCHED = "the published warehouse is as it was"
_TRIES = 2
_FIRST_WAIT_SECONDS = 10
_PASSING = MOUNT_FAULTS | {errno.EIO, errno.EAGAIN}


@contextmanager
def telling_faults(
    context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext, paths: DataPaths
) -> Iterator[None]:
    """Turn errors into what Dagster acts on: a retry after 10, then 20 seconds for faults of network and mounts; at
    once a Failure with the message alone for what somebody has to mend (a faulty manifest, a full disk). A part of the
    lake that turns out to be damaged is taken out of it, so that the next run parses its contents anew.
    """
    try:
        yield
    except (dg.Failure, dg.RetryRequested):
        raise
    except Exception as error:
        of_lake = fault_of(paths.lake_location, error)
        if unreachable(error) or (isinstance(error, OSError) and error.errno in _PASSING):
            if context.retry_number >= _TRIES:
                told = of_lake or str(error)
                raise dg.Failure(f"{told} (tried {_TRIES + 1} times); {UNTOUCHED}", allow_retries=False) from error
            wait = _FIRST_WAIT_SECONDS * 2**context.retry_number
            context.log.warning(f"{of_lake or error}; tried again in {wait} s")
            raise dg.RetryRequested(max_retries=_TRIES, seconds_to_wait=wait) from error
        if of_lake:
            raise dg.Failure(f"{of_lake}; {UNTOUCHED}", allow_retries=False) from error
        if is_damage(error) and (damaged := damage_removed(paths.lake)):
            raise dg.Failure(f"{damaged}; {UNTOUCHED}", allow_retries=False) from error
        if isinstance(error, OSError):
            raise dg.Failure(_advice(error), allow_retries=False) from error
        if isinstance(error, ValueError):
            raise dg.Failure(str(error), allow_retries=False) from error
        raise


def damage_removed(lake: LakePath) -> str | None:
    """Read the whole lake and take out what is damaged; what to say of it, or None where nothing is. Takes long."""
    found = remove_damaged(lake, every_page=True)
    if not found:
        return None
    files = "; ".join(map(str, found[:5])) + (f"; and {len(found) - 5} more" if len(found) > 5 else "")
    return f"the lake was damaged ({files}). The parts are removed: start again, and their reports are parsed anew"


def _advice(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"the disk is full ({error.filename or error}); make room and start again ({UNTOUCHED})"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"{error.filename or error} may not be written or read ({error.strerror}); {UNTOUCHED}"
    return str(error)
