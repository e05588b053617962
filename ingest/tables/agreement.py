"""Two readings of one table, of a file that had to be repaired to be read: only what they do not dispute counts."""

from dataclasses import replace

from ingest.report import Issue, Severity
from ingest.tables.reading import Absent, Printed, SectionReading, same_content

_WHY = "the file is broken, and two ways of repairing it show different tables"


def agreed(first: SectionReading, second: SectionReading) -> SectionReading:
    """The cells of a section that both readings show alike, or that one shows and the other could not place.

    Where they contradict each other in any cell, only the cells that both show alike are kept, and an issue says so.
    """
    if first.form is None or second.form is None:
        return second if first.form is None else first
    disputed = first.form != second.form
    found = dict(first.found)
    for key, other in second.found.items():
        own = found.get(key)
        if not isinstance(own, Printed):
            found[key] = other
        elif isinstance(other, Printed) and not same_content(own.text, other.text):
            disputed = True
    if not disputed:
        return replace(first, found=found, headings={**second.headings, **first.headings}, withheld={})
    count = 0
    for key, printed in found.items():
        both = first.found.get(key), second.found.get(key)
        if isinstance(printed, Printed) and not (
            first.form == second.form
            and all(isinstance(one, Printed) and same_content(one.text, printed.text) for one in both)
        ):
            found[key] = Absent(_WHY, printed.locator)
            count += 1
    issue = Issue("readers_disagree", Severity.WARNING, f"{first.section}: {count} cells: {_WHY}")
    return replace(first, found=found, issues=[*first.issues, issue], withheld={})
