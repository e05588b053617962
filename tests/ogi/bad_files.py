"""Everything that can be wrong with the files of a landing folder."""

import os
from pathlib import Path

from ingest.readers.limits import MAX_BYTES
from tests.corpus.corpus import SAMPLES

COPIES = 1000
ODD_NAMES = ("line\nbreak.txt", "quote'\"`.txt", "[red] {x} $(y).txt", "表，格.txt", "-rf", "a b\t.txt")
CUT = ("cut/text.txt", "cut/page.html", "cut/document.pdf")


def write_bad_files(raw: Path) -> None:
    """Write, in folders of their own, one file for each thing that can be wrong."""
    text = (SAMPLES / "003_f0de7e2adad4453a.txt").read_bytes()

    bad = raw / "bad"
    bad.mkdir()
    (bad / "empty.txt").touch()
    (bad / "spaces.txt").write_bytes(b" \r\n\t" * 1000)
    (bad / "junk.html").write_bytes(bytes(range(256)) * 200)
    (bad / "junk.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 50)
    (bad / "login.html").write_text(
        "<html><body><form>用户名 <input> 密码 <input></form></body></html>", encoding="utf-8"
    )
    (bad / "archive.rar").write_bytes(b"Rar!\x1a\x07" + bytes(200))
    with (bad / "large.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    (raw / "cut").mkdir()
    (raw / CUT[0]).write_bytes(text[: len(text) * 8 // 10])
    page = (SAMPLES / "hulunbuir-2020.html").read_bytes()
    (raw / CUT[1]).write_bytes(page[: len(page) * 6 // 10])
    document = (SAMPLES / "xuzhou-2022.pdf").read_bytes()
    (raw / CUT[2]).write_bytes(document[: len(document) // 2])

    (raw / "odd").mkdir()
    for number, name in enumerate(ODD_NAMES):
        (raw / "odd" / name).write_bytes(text + b"\n" * (number + 2))
    with open(os.fsencode(raw / "odd") + b"/not\xffutf-8.txt", "wb") as file:
        file.write(text + b"\n" * 20)
    (raw / "odd" / "link.txt").symlink_to("/etc/passwd")
    (raw / "odd" / "linked_folder").symlink_to("/etc")
    (raw / "odd" / "dangling").symlink_to("/nowhere")
    os.mkfifo(raw / "odd" / "pipe.txt")

    (raw / "copies").mkdir()
    for number in range(COPIES):
        (raw / "copies" / f"{number:04}.txt").write_bytes(text + b"\n")
