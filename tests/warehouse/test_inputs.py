"""Equal digests, equal warehouses: what a build is a function of changes the digest, and nothing else does."""

from pathlib import Path

import pytest

from warehouse.inputs import FileRow, inputs_digest

FILES: list[FileRow] = [("a.txt", "read", "1" * 64, None), ("b.txt", "unreadable", None, "not a regular file")]


def test_the_same_files_give_the_same_digest_wherever_they_lie(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert inputs_digest(tmp_path / "one", FILES) == inputs_digest(tmp_path / "two", iter(FILES))


@pytest.mark.parametrize(
    "files",
    [
        FILES[:1],
        [("renamed.txt", *FILES[0][1:]), FILES[1]],
        [("a.txt", "read", "2" * 64, None), FILES[1]],
        [FILES[0], ("b.txt", "unreadable", None, "a symbolic link")],
        [FILES[0], ("b.txt", "vanished", None, "not a regular file")],
        [*FILES, ("c.txt", "read", "1" * 64, None)],
    ],
)
def test_a_difference_of_the_files_is_one_of_the_digest(tmp_path: Path, files: list[FileRow]) -> None:
    assert inputs_digest(tmp_path, files) != inputs_digest(tmp_path, FILES)


def test_a_difference_of_the_manifest_is_one_of_the_digest(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    without = inputs_digest(tmp_path, FILES)
    manifest.write_text("source_path\na.txt\n")
    with_it = inputs_digest(tmp_path, FILES)
    manifest.write_text("source_path\nb.txt\n")
    assert len({without, with_it, inputs_digest(tmp_path, FILES)}) == 3


def test_a_difference_of_the_reviewed_files_is_one_of_the_digest(tmp_path: Path) -> None:
    reviewed = tmp_path / "reviewed"
    digests = [inputs_digest(tmp_path, FILES)]
    reviewed.mkdir()
    (reviewed / "README.md").write_text("notes decide nothing")
    assert inputs_digest(tmp_path, FILES) == digests[0]
    for name, text in (("overrides.csv", "a"), ("overrides.csv", "b"), ("corrections.csv", "b")):
        (reviewed / name).write_text(text)
        digests.append(inputs_digest(tmp_path, FILES))
    digests.append(inputs_digest(tmp_path, FILES, tmp_path / "elsewhere"))
    assert len(set(digests)) == 4
    assert digests[-1] == digests[0]
