"""OLE storages and documents in one XML file are told by what they are, whatever their names and neighbours."""

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from xlrd.compdoc import CompDoc

from ingest.parse import parse
from ingest.readers import libreoffice, read
from ingest.readers.binary import kind_of
from ingest.readers.flat_xml import kind_of_xml
from ingest.readers.ole import DOC, ENCRYPTED, OLE, WORKS, XLS
from ingest.report import PARSER_VERSION, ReportStatus
from tests.ingest.compound import Streams, compound
from tests.ingest.office import docx_bytes, report, truth

WORD = b"\xec\xa5\xc1\x00" + bytes(600)
LOCKED = b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01" + bytes(600)
OWN = {"WpsCustomData": b"\x01\x02", "1Table": bytes(100), "\x05SummaryInformation": bytes(100)}


@pytest.mark.parametrize(
    ("streams", "expected"),
    [
        ({"WordDocument": WORD, **OWN}, DOC),
        ({"WordDocument": b"\xdc\xa5" + bytes(100)}, DOC),
        ({"WordDocument": LOCKED, **OWN}, ENCRYPTED),
        ({"EncryptedPackage": bytes(100), "EncryptionInfo": bytes(100)}, ENCRYPTED),
        ({"Workbook": bytes(100), "MBD0001": {"WordDocument": WORD, "1Table": bytes(9)}}, XLS),
        ({"WordDocument": WORD, "ObjectPool": {"_1": {"Workbook": bytes(100)}}}, DOC),
        ({"CONTENTS": b"CHNKWKS" + bytes(100), "MatOST": bytes(10)}, WORKS),
        ({"CONTENTS": b"CHNKINK" + bytes(100)}, WORKS),
        ({"CONTENTS": b"something else"}, OLE),
    ],
    ids=["wps", "word95", "locked", "package", "sheet_with_word", "word_with_sheet", "works", "works8", "other"],
)
def test_a_storage_is_what_the_streams_at_its_root_say(streams: Streams, expected: str) -> None:
    assert kind_of(compound(streams)) == expected


def test_a_storage_whose_directory_is_lost_is_told_by_the_names_in_it() -> None:
    data = compound({"WordDocument": WORD})
    assert kind_of(data[:44] + b"\xff" * 32 + data[76:]) == DOC


@pytest.mark.parametrize(
    ("streams", "words"),
    [({"WordDocument": LOCKED}, "encrypted"), ({"CONTENTS": b"CHNKWKS", "MatOST": b""}, "Works")],
    ids=["locked", "works"],
)
def test_what_cannot_be_read_says_why(streams: Streams, words: str) -> None:
    (fault,) = read(compound(streams)).faults
    assert fault.code == "unsupported_format"
    assert words in fault.message


_XML = '<?xml version="1.0"?>'
_TEXT = 'office:mimetype="application/vnd.oasis.opendocument.text"'
_SHEET = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f'{_XML}\n<?mso-application progid="Word.Document"?>\n<w:wordDocument xmlns:w="a">', "msword-xml"),
        ('\ufeff<uof:UOF xmlns:uof="a" uof:mimetype="vnd.uof.text">', "vnd.uof.text"),
        ('<uof:UOF xmlns:uof="a" uof:mimetype="vnd.uof.spreadsheet">', "vnd.uof"),
        (f'{_XML}<!-- a --><office:document xmlns:office="a" {_TEXT}>', "vnd.oasis.opendocument.text-flat-xml"),
        (f'<office:document xmlns:office="a" {_SHEET}>', "vnd.oasis.opendocument-flat-xml"),
        ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table><Row>', "vnd.ms-excel-xml"),
        ("<Workbook><table><tr><td>1</td></tr></table></Workbook>", None),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:wordDocument xmlns:w="a">&b;', None),
        ("<html><body><w:wordDocument></body></html>", None),
        (_XML + "<!-- a -->" * 100_000, None),
    ],
)
def test_a_document_in_one_xml_file_is_told_by_its_root(content: str, expected: str | None) -> None:
    assert kind_of_xml(content.encode()) == (expected and f"application/{expected}")


def test_a_sheet_in_one_xml_file_says_that_it_is_not_read() -> None:
    (fault,) = read(b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>').faults
    assert fault.code == "unsupported_format"


# LibreOffice itself

needs_libreoffice = pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.MISSING)


def _converted(folder: Path, suffix: str, kind: str) -> bytes:
    (folder / "a.docx").write_bytes(docx_bytes(report()))
    command = [str(libreoffice.program()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    for _ in range(2):  # the first start only makes the profile
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(folder), str(folder / "a.docx")], capture_output=True
        )
    return (folder / f"a.{suffix}").read_bytes()


def _values(data: bytes) -> tuple[str, str, dict[Any, str]]:
    parsed = parse(data)
    return (
        parsed.status,
        parsed.parser_version,
        {
            (cell.section, cell.row_code, cell.column_code): f"{cell.value:f}".removesuffix(".0000")
            for cell in parsed.cells
            if cell.value is not None
        },
    )


@pytest.mark.slow
@needs_libreoffice
def test_wps_with_streams_of_its_own_is_read_as_word(tmp_path: Path) -> None:
    storage = CompDoc(_converted(tmp_path, "doc", "doc:MS Word 97"), logfile=io.StringIO())
    names = [entry.name for entry in storage.dirlist if entry.etype == 2 and entry.parent == 0]
    whole: dict[str, Any] = {name: bytes(storage.get_named_stream(name)) for name in names}
    data = compound({**whole, "WpsCustomData": b"\x01" * 50, "Kso": {"Workbook": bytes(100)}})
    assert kind_of(data) == DOC
    assert _values(data) == (ReportStatus.PARSED, f"{PARSER_VERSION}.1", truth())


@pytest.mark.slow
@needs_libreoffice
def test_a_flat_document_is_read_through_libreoffice(tmp_path: Path) -> None:
    assert _values(_converted(tmp_path, "fodt", "fodt")) == (ReportStatus.PARSED, f"{PARSER_VERSION}.1", truth())


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize(("suffix", "kind"), [("xml", "xml:MS Word 2003 XML"), ("uot", "uot")])
def test_of_what_libreoffice_writes_only_in_part_no_number_is_wrong(tmp_path: Path, suffix: str, kind: str) -> None:
    status, version, values = _values(_converted(tmp_path, suffix, kind))
    assert status in (ReportStatus.PARSED, ReportStatus.PARTIAL)
    assert version == f"{PARSER_VERSION}.1"
    assert values.items() <= truth().items()
    assert values


def _body() -> etree._Element:
    """The body of the report as Word writes it, with its merged cells."""
    with zipfile.ZipFile(io.BytesIO(docx_bytes(report()))) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def _word_2003() -> bytes:
    """The report as Word 2003's own XML: the body of a DOCX under another root."""
    body = re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(_body(), encoding="unicode")).replace(
        "w:vMerge", "w:vmerge"
    )
    namespace = "http://schemas.microsoft.com/office/word/2003/wordml"
    return f'<?xml version="1.0"?><w:wordDocument xmlns:w="{namespace}">{body}</w:wordDocument>'.encode()


def _uof(bare: bytes) -> bytes:
    """A UOF text with the tables of the report, each cell that another covers in its place and empty."""
    tables = iter([_uof_rows(table) for table in _body().iter(f"{_W}tbl")])
    return re.sub(
        r"(<字:文字表 .*?</字:文字表属性>).*?(</字:文字表>)",
        lambda found: f"{found[1]}{next(tables)}{found[2]}",
        bare.decode(),
        flags=re.DOTALL,
    ).encode()


def _uof_rows(table: etree._Element) -> str:
    rows = []
    for row in table.iter(f"{_W}tr"):
        cells = []
        for cell in row.iter(f"{_W}tc"):
            spans = [span.get(f"{_W}val") for span in cell.iter(f"{_W}gridSpan")]
            width = "".join(f'<字:跨列 uof:attrList="值" 字:值="{span}"/>' for span in spans)
            text = "".join(piece.text or "" for piece in cell.iter(f"{_W}t"))
            print_ = f"<字:段落><字:句><字:文本串>{text}</字:文本串></字:句></字:段落>"
            cells.append(f"<字:单元格><字:单元格属性>{width}</字:单元格属性>{print_}</字:单元格>")
        rows.append(f"<字:行>{''.join(cells)}</字:行>")
    return "".join(rows)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.slow
@needs_libreoffice
def test_word_2003_xml_and_uof_that_hold_their_merged_cells_are_read_whole(tmp_path: Path) -> None:
    whole = (ReportStatus.PARSED, f"{PARSER_VERSION}.1", truth())
    assert _values(_word_2003()) == whole
    assert _values(_uof(_converted(tmp_path, "uot", "uot"))) == whole
