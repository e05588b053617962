"""Parsing on a Dask cluster instead of this machine's processes."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

import dagster as dg

from warehouse.paths import CLUSTER_VARIABLE

_CONNECT_SECONDS = 15
_NO_DASK = "parsing on a cluster needs the package distributed: pip install 'ogi-warehouse[cluster]'"


class ParseCluster(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where reports are parsed: the address of a Dask scheduler (`tcp://host:8786`), or empty for this machine."""

    address: str = os.environ.get(CLUSTER_VARIABLE, "")

    @contextmanager
    def executor(self) -> Iterator[tuple[Executor | None, int | None]]:
        """An executor and how many files it parses at a time; both None for this machine's own processes.

        Raises dagster.Failure where Dask is not installed, or no cluster answers, or it has no worker.
        """
        if not self.address:
            yield None, None
            return
        try:
            from distributed import Client
        except ImportError as error:
            raise dg.Failure(_NO_DASK, allow_retries=False) from error
        try:
            client = Client(  # type: ignore[no-untyped-call]
                self.address, timeout=_CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, ValueError) as error:
            message = (
                f"no Dask scheduler answers at {self.address}; start one (`dask scheduler`) or leave out --cluster"
            )
            raise dg.Failure(message, allow_retries=False) from error
        with client:
            threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
            if not threads:
                raise dg.Failure(f"the cluster at {self.address} has no worker; start one: dask worker {self.address}")
            # A parse depends on its bytes alone, so work of a lost worker is simply done again.
            yield client.get_executor(pure=False, retries=2), threads  # type: ignore[no-untyped-call]
