"""Servers that tests talk to, started on 127.0.0.1 and ended with the test. What is not installed skips it, by name."""

import importlib.util
import logging
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

MISSING = "needs the package {name}: pip install -r requirements-all.lock, as `make test-all` does"


def require(name: str) -> None:
    """Skip a test whose package is not installed."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(MISSING.format(name=name))


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ObjectStore:
    """An S3 endpoint; `environment` leads its clients there."""

    def __init__(self, port: int = 0) -> None:
        require("s3fs")
        require("moto")
        from moto.server import ThreadedMotoServer

        # A line for each request.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
        self._server.start()
        _, self.port = self._server.get_host_and_port()
        # What it holds belongs to this process, not to the server: another test may have left something.
        urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{self.port}/moto-api/reset", method="POST"))

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "no_proxy": "127.0.0.1",
            "NO_PROXY": "127.0.0.1",
        }

    def stop(self) -> None:
        self._server.stop()


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """An empty object store, for as long as the context lasts."""
    store = ObjectStore()
    try:
        yield store
    finally:
        store.stop()
