"""The JSON Lines of a crawler: an object a line, with an address, a time and the page or its text."""

import io
import json

from ingest.containers.limits import MAX_LINE
from ingest.containers.model import Budget, Member, Members, point_in_time
from ingest.containers.streams import Counted

CONTENT_NAMES = ("html", "raw_html", "page", "body", "content", "text", "raw_content", "markdown")
"""The names under which crawlers keep the page, the most original first."""
URL_NAMES = ("url", "source_url", "link", "uri", "target_uri", "page_url")
TIME_NAMES = (
    "fetched_at",
    "fetch_time",
    "fetched",
    "crawled_at",
    "crawl_time",
    "timestamp",
    "warc_date",
)


def json_lines_members(stream: io.BufferedIOBase, budget: Budget) -> Members:
    """The pages of a JSON Lines file, named by their line. A line that is none becomes a member with an issue."""
    lines = Counted(stream)
    number = 0
    while line := lines.readline(MAX_LINE):
        number += 1
        if not line.endswith(b"\n") and len(line) >= MAX_LINE:
            length = len(line) + lines.skip_line()
            yield Member(str(number), None, length, f"a line of {length:,} bytes; over {MAX_LINE:,} it is not read")
        elif line.strip():
            budget.count()
            yield _member(str(number), line)


def _member(label: str, line: bytes) -> Member:
    try:
        row = json.loads(line)
    except RecursionError:
        return Member(label, None, len(line), "the line is nested deeper than can be read")
    except ValueError as error:
        return Member(label, None, len(line), f"the line is no JSON: {error}")
    if not isinstance(row, dict):
        return Member(label, None, len(line), "the line is no JSON object")
    return member_of_row(label, {str(name).lower(): value for name, value in row.items()})


def member_of_row(label: str, row: dict[str, object]) -> Member:
    """The page of one row of a crawl, whose names are in lower case."""
    url = next((value for name in URL_NAMES if isinstance(value := row.get(name), str) and value.strip()), None)
    fetched = next((time for name in TIME_NAMES if (time := point_in_time(row.get(name)))), None)
    for name in CONTENT_NAMES:
        content = row.get(name)
        if isinstance(content, str) and content.strip():
            # A lone surrogate, which JSON can write and UTF-8 cannot, is told later as an undecodable character.
            content = content.encode("utf-8", "surrogatepass")
        if isinstance(content, bytes) and content.strip():
            return Member(label, content, len(content), None, url, fetched)
    names = ", ".join(CONTENT_NAMES)
    return Member(label, None, None, f"no page in it: none of {names} holds text", url, fetched)
