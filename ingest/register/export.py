"""The dbt seeds that come from the register: `python -m ingest.register.export dbt/seeds` writes them anew."""

import sys
from importlib.resources import files
from pathlib import Path

SEEDS = (
    "regions",
    "region_codes",
    "department_successors",
    "national_organs",
    "local_organs_of_the_state",
    "fields",
)
"""The tables of the register that dbt seeds are copies of."""


def render() -> dict[str, str]:
    """The text of each seed by its file name; the same at every call."""
    data = files("ingest.register") / "data"
    return {f"{name}.csv": (data / f"{name}.csv").read_text(encoding="utf-8") for name in SEEDS}


def write(folder: Path) -> None:
    """Write the seeds into an existing folder, over those of the same names."""
    for name, text in render().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m ingest.register.export SEEDS_FOLDER")
    write(Path(sys.argv[1]))
