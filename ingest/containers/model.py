"""What comes out of a container, and what it may cost."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ingest.containers.limits import FREE_BYTES, MAX_MEMBERS, MAX_RATIO


class ContainerError(Exception):
    """A container cannot be read on from here; the message says why. What came before it stands."""


class TooMuchError(ContainerError):
    """A container and all inside it have cost what a file on disk may cost."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container. `label` says where it stands there, and is never used as a path.

    `data` is None where it cannot be read; `issue` then says why. A container inside the container has no data either:
    its own members come before it.
    """

    label: str
    data: bytes | None
    byte_count: int | None = None
    issue: str | None = None
    source_url: str | None = None
    fetched_at: datetime | None = None
    is_container: bool = False


@dataclass(slots=True)
class Budget:
    """What one container on disk may cost, with all the containers inside it. Raises TooMuchError when it is spent."""

    packed: int
    unpacked: int = 0
    members: int = 0
    passed_over: int = field(default=0)
    """Members that are no documents (pictures of a page, styles, scripts), counted to be told."""

    def spend(self, byte_count: int) -> None:
        """Account for bytes that were unpacked."""
        self.unpacked += byte_count
        if self.unpacked > FREE_BYTES and self.unpacked > MAX_RATIO * self.packed:
            raise TooMuchError(
                f"it unpacks to more than {MAX_RATIO} times its size (over {self.unpacked:,} bytes), as a bomb does"
            )

    def count(self) -> None:
        """Account for one more member."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise TooMuchError(f"it has more than {MAX_MEMBERS:,} members")


Source = io.BufferedIOBase
"""The bytes of a container: an open file, or a member in memory. It can be sought in."""
Members = Iterator[Member]


def point_in_time(value: object) -> datetime | None:
    """When something was fetched, as crawlers write it: ISO 8601, or seconds or milliseconds since 1970.

    A time without a zone is taken as UTC, as in the manifest. None where it is no time.
    """
    try:
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, datetime):
            found = value
        elif isinstance(value, (int, float)) or (isinstance(value, str) and value.strip().isdecimal()):
            number = float(value)
            if isinstance(value, str) and len(value.strip()) == 14:  # the form of web archives: 20210310080000
                found = datetime.strptime(value.strip(), "%Y%m%d%H%M%S")
            else:
                found = datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
        elif isinstance(value, str):
            found = datetime.fromisoformat(value.strip())
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
