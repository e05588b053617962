"""Whether there is anything to do: asked before the slow tools are started."""

from pathlib import Path

from pyarrow import ArrowInvalid

from ingest.csv_files import CsvFileError
from ingest.lake import parses_with_programs
from ingest.lake.damage import is_damage
from ingest.landing import scan
from ingest.manifest import read_manifest
from ingest.programs import available, stands
from ingest.report import PARSER_VERSION
from ingest.update import file_rows
from warehouse.inputs import inputs_digest, what_matters
from warehouse.paths import DataPaths
from warehouse.publish import published_digest


def is_current(raw_dir: Path, paths: DataPaths, reviewed: Path | None = None, ocr: bool = False) -> bool:
    """Whether the published warehouse is what a build of the landing folder would make now; opens only new files."""
    if not (paths.lake / "files").is_dir():
        return False
    published = published_digest(paths.warehouse)
    if published is None:
        return False
    try:
        manifest = read_manifest(raw_dir)
    except CsvFileError:
        return False  # the build says what is wrong with it
    files = list(file_rows(scan(raw_dir, paths.hashes, reviewed=reviewed), manifest))
    try:
        parses = parses_with_programs(paths.lake, PARSER_VERSION)
    except (OSError, ArrowInvalid) as error:
        if is_damage(error):
            return False  # the build takes the damaged part out
        raise
    programs = available(ocr) if parses else 0
    if any(not stands(parses[str(id_)], programs) for file in files if (id_ := file["report_id"]) in parses):
        return False
    return published == inputs_digest(raw_dir, what_matters(files, parses), reviewed)
