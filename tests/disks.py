"""Small disks of their own for tests: full ones, read-only ones, ones that go."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


class Disk:
    """A mounted tmpfs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self, leave_bytes: int = 0) -> None:
        """Take the room that is left, up to so many bytes, however much others take meanwhile."""
        state = os.statvfs(self.path)
        free = state.f_bavail * state.f_frsize - leave_bytes
        with self._ballast.open("ab", buffering=0) as file, suppress(OSError):
            while leave_bytes == 0 or file.tell() < free:
                file.write(bytes(4096))

    def empty(self) -> None:
        """Give back what was taken."""
        self._ballast.unlink()

    def make_read_only(self, wanted: bool = True) -> None:
        _mount("-o", f"remount,{'ro' if wanted else 'rw'}", str(self.path))


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A disk mounted at a new folder, for as long as the context lasts; skips where mounting is not allowed."""
    folder.mkdir()
    if os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)):
        pytest.skip("needs the right to mount a tmpfs (root, in a container with CAP_SYS_ADMIN)")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
