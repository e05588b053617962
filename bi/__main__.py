"""`python -m bi`: set Superset up over the published warehouse and serve it on 127.0.0.1 (`make bi` runs it)."""

import argparse
import os
import sys
import time
import warnings
from pathlib import Path

from bi.places import ADMIN, BiPaths, bi_paths, make_home, secret
from bi.prepare import missing_tables, prepare
from warehouse.paths import DATA_VARIABLE

CONFIG_VARIABLE = "SUPERSET_CONFIG_PATH"
CONFIG = Path(__file__).resolve().with_name("superset_config.py")
WORKERS = 3


def serve_command(port: int, workers: int = WORKERS) -> list[str]:
    """The server: some processes of one thread each.

    A process with two threads would see the old warehouse for as long as either holds a connection.
    """
    return [
        sys.executable, "-m", "gunicorn", "superset.app:create_app()",
        "--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--worker-class", "gthread", "--threads", "1",
        "--timeout", "120", "--keep-alive", "5", "--preload", "--log-level", "warning",
    ]  # fmt: skip


def environment(paths: BiPaths) -> dict[str, str]:
    """The variables that Superset and its configuration read."""
    root = str(CONFIG.parent.parent)
    return {
        **os.environ,
        CONFIG_VARIABLE: str(CONFIG),
        DATA_VARIABLE: str(paths.data.data),
        "SUPERSET_HOME": str(paths.home),
        "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")])),
        "SCARF_ANALYTICS": "false",
        "PYTHONWARNINGS": "ignore",
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bi", description=__doc__)
    parser.add_argument("--data", type=Path, help="the data folder, with the published warehouse (default: data/)")
    parser.add_argument("--port", type=int, default=8088)
    parser.add_argument(
        "--workers", type=int, default=WORKERS, help="server processes; each answers one query at a time"
    )
    parser.add_argument("--setup-only", action="store_true", help="set up, do not serve")
    parser.add_argument("--export", action="store_true", help="write the dashboards as they are now into bi/assets")
    return parser.parse_args()


def main() -> int:
    """Set up what is not, then become the server. Returns 1 where there is no published warehouse."""
    arguments = _arguments()
    if arguments.data:
        os.environ[DATA_VARIABLE] = str(arguments.data.resolve())
    paths = bi_paths()
    if not paths.data.warehouse.exists():
        print(f"There is no published warehouse at {paths.data.warehouse}. Build one first: make run", file=sys.stderr)
        return 1
    if lacking := missing_tables(paths):
        print(
            f"The warehouse lacks {', '.join(lacking)}: an older version built it. Build anew: make run",
            file=sys.stderr,
        )
        return 1
    make_home(paths)
    secret(paths.secret_key, 64)
    os.environ.update(environment(paths))
    warnings.simplefilter("ignore")
    begun = time.monotonic()

    def tell(step: str) -> None:
        print(f"  {time.monotonic() - begun:5.1f} s  {step} …", flush=True)

    password = prepare(paths, tell)
    if password:
        print(f"\nSign in as {ADMIN} with the password  {password}  (shown this once; kept in {paths.password})\n")
    if arguments.export:
        from bi.export import export

        export(paths, tell)
    if arguments.setup_only or arguments.export:
        return 0
    if not password:
        print(f"Sign in as {ADMIN}; the password it was made with is in {paths.password}")
    print(f"Superset on http://127.0.0.1:{arguments.port}/dashboard/list/  (Ctrl-C ends it)", flush=True)
    command = serve_command(arguments.port, arguments.workers)
    os.execve(command[0], command, os.environ)
    raise AssertionError("execve does not return")


if __name__ == "__main__":
    sys.exit(main())
