"""What is tried again: faults that pass, such as a mount that went and comes back. Everything else fails at once."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

_TRIES = 2
_FIRST_WAIT_SECONDS = 10
_PASSING = frozenset(
    (
        errno.EIO,
        errno.ESTALE,
        errno.EAGAIN,
        errno.ENOTCONN,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETDOWN,
        errno.ENETUNREACH,
        errno.ETIMEDOUT,
        errno.EREMOTEIO,
    )
)


@contextmanager
def telling_faults(context: dg.AssetExecutionContext) -> Iterator[None]:
    """Turn errors into what Dagster acts on: a retry after 10, then 20 seconds for faults of network and mounts; at
    once a Failure with the message alone for what somebody has to mend (a faulty manifest, a full disk)."""
    try:
        yield
    except OSError as error:
        if isinstance(error, ConnectionError | TimeoutError) or error.errno in _PASSING:
            wait = _FIRST_WAIT_SECONDS * 2**context.retry_number
            context.log.warning(f"{error}; tried again in {wait} s")
            raise dg.RetryRequested(max_retries=_TRIES, seconds_to_wait=wait) from error
        raise dg.Failure(_advice(error), allow_retries=False) from error
    except ValueError as error:
        raise dg.Failure(str(error), allow_retries=False) from error


def _advice(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"the disk is full ({error.filename or error}); make room and start again. The published is untouched"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"{error.filename} may not be written or read ({error.strerror}); the published is untouched"
    return str(error)
