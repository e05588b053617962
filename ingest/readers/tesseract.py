"""Tesseract, the program that reads print in pictures: whether it is here, and the words that it finds in a picture."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

NAME = "tesseract"
MISSING = (
    "Tesseract with simplified Chinese is not installed, which OCR needs "
    "(Debian: apt-get install tesseract-ocr tesseract-ocr-chi-sim)"
)
LANGUAGE = "chi_sim"
DIGITS = "eng"
BETWEEN = "\ufffc"
"""Stands between the ways in which a number was read, and behind the only one: so it is none."""
_PAGE_SECONDS = 60
_ONLY_DIGITS = ("-c", "tessedit_char_whitelist=0123456789")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in points from the upper left, and the line of print that it stands in."""

    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[str, str, str]


@cache
def program() -> str | None:
    """The path of Tesseract; None where it or its Chinese is not installed."""
    found = shutil.which(NAME)
    if found is None:
        return None
    try:
        listed = subprocess.run([found, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if {LANGUAGE, DIGITS} <= set(listed.stdout.split()) else None


def words_of(picture: Any, language: str, layout: str, only_digits: bool = False) -> list[Word]:
    """The words that Tesseract finds in a picture. With `only_digits`, it takes whatever it sees for digits.

    Raises an error of `subprocess` where it fails or takes too long.
    """
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    command = [str(program()), "stdin", "stdout", "-l", language, "--psm", layout, "--dpi", "300"]
    done = subprocess.run(
        [*command, *(_ONLY_DIGITS if only_digits else ()), "tsv"],
        input=buffer.getvalue(),
        capture_output=True,
        timeout=_PAGE_SECONDS,
        check=True,
        env={"OMP_THREAD_LIMIT": "1"},
    )
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Word(
            row["text"].strip(),
            int(row["left"]),
            int(row["top"]),
            int(row["width"]),
            int(row["height"]),
            (row["block_num"], row["par_num"], row["line_num"]),
        )
        for row in rows
        if (row.get("text") or "").strip()
    ]


def joined(words: Iterable[Word]) -> str:
    """Words of one line; Chinese needs no spaces between them."""
    text = ""
    for word in sorted(words, key=lambda word: word.left):
        space = " " if text and text[-1].isascii() and word.text[0].isascii() else ""
        text += space + word.text
    return text
