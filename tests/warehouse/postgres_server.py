"""A PostgreSQL server of the tests' own: made, started and ended by them, on 127.0.0.1, with its data in a folder."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

MISSING = "needs a PostgreSQL server (Debian: apt-get install postgresql)"
_UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `owner` is its superuser."""

    port: int
    password: str

    def url(self, user: str = "owner", database: str = "postgres", password: str | None = None) -> str:
        """A connection string."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"


def programs() -> Path | None:
    """The folder of initdb and postgres: the newest below /usr/lib/postgresql, else that of PATH; None without."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server whose data lie in a new folder; ended and removed afterwards."""
    bin_dir = programs()
    if bin_dir is None:
        raise RuntimeError(MISSING)
    folder.mkdir(parents=True)
    password = secrets.token_urlsafe(12)
    (folder / "password").write_text(password)
    user = _hand_over(folder)
    data = folder / "data"
    options = ["--username=owner", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--encoding=UTF8"]
    _run([bin_dir / "initdb", "--no-locale", "--no-sync", "-D", data, *options], user, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
    server = subprocess.Popen(
        [str(bin_dir / "postgres"), "-D", str(data), "-p", str(port), *settings],
        cwd=folder,
        user=user,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("wb"),
    )
    try:
        made = Server(port, password)
        _wait(server, made, folder)
        yield made
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(timeout=30)


def _hand_over(folder: Path) -> str | None:
    """Give the folder to a user without rights where we are root, for PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next(name for name in _UNPRIVILEGED if name in known)
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user)
    # Only passed through, not listed: pytest's folders are closed to others.
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    return user


def _run(command: Sequence[str | Path], user: str | None, folder: Path) -> None:
    done = subprocess.run(list(map(str, command)), user=user, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}\n{done.stderr}")


def _wait(server: subprocess.Popen[bytes], made: Server, folder: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"postgres ended: {(folder / 'log').read_text(errors='replace')}")
        with suppress(psycopg.OperationalError):
            psycopg.connect(made.url()).close()
            return
        time.sleep(0.1)
    raise RuntimeError("postgres does not answer")
