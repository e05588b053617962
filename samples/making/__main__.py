"""Make the sample HTML page and the sample PDF from two of the sample texts.

`raw/hulunbuir-2020.html` has the content of `raw/002_44d6bdc10f146279.txt`, `raw/xuzhou-2022.pdf` that of
`raw/003_f0de7e2adad4453a.txt`. Both are a function of those texts alone: the same versions of reportlab and OpenCC
(requirements-dev.lock) write the same bytes each time. Nothing is shared with the readers that the samples test.

    python -m samples.making           write both files
    python -m samples.making --check   write nothing; exit 1 if a file on disk is not what would be written
"""

import argparse
import sys
from collections.abc import Sequence

from samples.making.page import hulunbuir_page
from samples.making.pdf import xuzhou_document
from samples.making.texts import RAW

HULUNBUIR_HTML = "hulunbuir-2020.html"
XUZHOU_PDF = "xuzhou-2022.pdf"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files, or with --check compare them with those on disk."""
    parser = argparse.ArgumentParser(description="Make the sample HTML page and the sample PDF.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file on disk differs")
    check = parser.parse_args(arguments).check
    differing = []
    for name, content in ((HULUNBUIR_HTML, hulunbuir_page()), (XUZHOU_PDF, xuzhou_document())):
        path = RAW / name
        if not check:
            path.write_bytes(content)
            print(f"wrote {name}: {len(content)} bytes")
        elif not path.exists() or path.read_bytes() != content:
            differing.append(name)
            print(f"differs: {name}", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
