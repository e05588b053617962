"""Whether there is anything to do: asked before the slow tools are started."""

from pathlib import Path

from ingest.landing import scan
from warehouse.inputs import inputs_digest
from warehouse.paths import DataPaths
from warehouse.publish import published_digest


def is_current(raw_dir: Path, paths: DataPaths, reviewed: Path | None = None) -> bool:
    """Whether the published warehouse is what a build of the landing folder would make now; opens only new files."""
    if not (paths.lake / "files").is_dir():
        return False
    published = published_digest(paths.warehouse)
    if published is None:
        return False
    landed = scan(raw_dir, paths.hashes, reviewed=reviewed)
    return published == inputs_digest(
        raw_dir, ((file.source_path, file.status, file.report_id, file.issue) for file in landed), reviewed
    )
