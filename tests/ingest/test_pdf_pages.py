"""A page of a PDF is read as it is shown: turned, cropped, without what it hides; what it does not say is no number."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document
from ingest.readers import read

Draw = Callable[[Canvas], None]
ROWS = (("one", "12"), ("two", "345"))


def pdf(*pages: Draw, size: tuple[float, float] = (400, 300), **options: object) -> bytes:
    """A PDF of pages that are drawn so."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=0, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def table(canvas: Canvas, left: float = 50, top: float = 250) -> None:
    """A ruled table of two rows and columns, its upper left corner at a place."""
    canvas.setLineWidth(0.5)
    canvas.grid([left, left + 100, left + 200], [top, top - 20, top - 40])
    canvas.setFont("Helvetica", 10)
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            canvas.drawString(left + 100 * column + 5, top - 20 * row - 14, text)


def rows(document: Document) -> list[tuple[tuple[str | None, ...], ...]]:
    return [grid.rows for grid in document.grids]


def codes(document: Document) -> list[str]:
    return [fault.code for fault in document.faults]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        move, by = {0: ((0, 0), 0), 90: ((300, 0), 90), 180: ((400, 300), 180), 270: ((0, 400), 270)}[turn]
        canvas.translate(*move)
        canvas.rotate(by)
        canvas.drawString(50, 270, "above")
        table(canvas)

    # The size that is shown: the page of a turned one is written with its sides changed round.
    document = read(pdf(draw))
    assert rows(document) == [ROWS]
    assert [(line.text, line.locator) for line in document.lines()] == [("above", "page 1, line 1")]
    assert not document.faults


@pytest.mark.parametrize("turn", [0, 180])
@pytest.mark.parametrize("by", [90, 180, 270])
def test_a_page_drawn_on_its_side_is_turned(by: int, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*{90: (300, 0), 180: (400, 300), 270: (0, 400)}[by])
        canvas.rotate(by)
        table(canvas)

    document = read(pdf(draw, size=(300, 400) if by != 180 else (400, 300)))
    assert rows(document) == [ROWS]
    assert not document.faults


def test_letters_aslant_are_a_watermark() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(30)
        canvas.drawString(200, 80, "99999")
        canvas.restoreState()
        table(canvas)

    assert rows(read(pdf(draw))) == [ROWS]


def test_a_table_on_its_side_below_much_text_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        for line in range(9):
            canvas.drawString(20, 290 - 10 * line, "more of the text that stands upright")
        canvas.rotate(90)
        for row in range(4):
            canvas.drawString(20, -100 - 20 * row, "12345 67890")

    assert codes(read(pdf(draw))) == ["text_aslant"]


def test_what_lies_outside_the_crop_box_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((40, 40, 300, 300))
        table(canvas)
        canvas.drawString(320, 280, "outside 77")
        canvas.drawString(60, 20, "below 88")

    document = read(pdf(draw))
    assert rows(document) == [ROWS]
    assert not list(document.lines())
    assert codes(document) == ["text_hidden"]


def test_a_number_that_the_side_of_the_page_cuts_is_marked() -> None:
    document = read(pdf(lambda canvas: canvas.drawString(300, 250, "received in all 12345 requests")))
    assert [line.text for line in document.lines()] == ["received in all 123\ufffd"]


def in_cell(draw_number: Draw) -> Document:
    """A table whose lower right cell holds what is drawn instead of its number."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [250, 230, 210])
        canvas.drawString(55, 236, "one")
        canvas.drawString(155, 236, "12")
        canvas.drawString(55, 216, "two")
        draw_number(canvas)

    return read(pdf(draw))


@pytest.mark.parametrize("turn", [0, 180])
@pytest.mark.parametrize("in_form", [False, True])
def test_a_number_that_its_clip_path_cuts_is_marked(turn: int, in_form: bool) -> None:
    def number(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(150, 211, 19, 18)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawString(155, 216, "34567")

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        if turn:
            canvas.translate(400, 300)
            canvas.rotate(turn)
        canvas.grid([50, 150, 250], [230, 210])
        canvas.drawString(55, 216, "two")
        if in_form:
            canvas.beginForm("f")
            number(canvas)
            canvas.endForm()
            canvas.doForm("f")
        else:
            number(canvas)

    document = read(pdf(draw))
    assert rows(document) == [(("two", "34\ufffd"),)]
    assert codes(document) == ["text_hidden"]


def test_a_pdf_that_anyone_may_open_is_read() -> None:
    data = pdf(table, encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    assert rows(read(data)) == [ROWS]


def test_a_pdf_that_needs_a_password_says_so() -> None:
    document = read(pdf(table, encrypt=StandardEncryption("secret", ownerPassword="owner")))
    assert codes(document) == ["pdf_damaged"]
    assert "password" in document.faults[0].message


def picture(canvas: Canvas) -> None:
    """A picture that fills the page."""
    canvas.drawImage(ImageReader(Image.new("L", (40, 30), 200)), 0, 0, 400, 300)


def read_by_another(canvas: Canvas) -> None:
    """A scan with the invisible text that a scanner's OCR put over it."""
    picture(canvas)
    text = canvas.beginText(50, 250)
    text.setTextRenderMode(3)
    text.textOut("2022 12 345")
    canvas.drawText(text)


def below_the_picture(canvas: Canvas) -> None:
    """The same with the text under the picture."""
    canvas.drawString(50, 250, "2022 12 345")
    picture(canvas)


@pytest.mark.parametrize("draw", [picture, read_by_another, below_the_picture], ids=lambda draw: draw.__name__)
def test_a_scan_is_a_scan_whatever_another_read_in_it(draw: Draw) -> None:
    document = read(pdf(draw))
    assert codes(document)[-1] == "scanned"
    assert not document.text().strip()


def test_a_scanned_page_among_others_is_told() -> None:
    document = read(pdf(table, picture, table))
    assert rows(document) == [ROWS, ROWS]
    assert [(fault.code, fault.locator) for fault in document.faults] == [("page_scanned", "page 2")]


def test_a_transparent_picture_over_the_text_hides_nothing() -> None:
    def seal(canvas: Canvas) -> None:
        table(canvas)
        mark = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
        mark.paste((255, 0, 0, 255), (180, 130, 220, 170))
        canvas.drawImage(ImageReader(mark), 0, 0, 400, 300, mask="auto")

    document = read(pdf(seal))
    assert rows(document) == [ROWS]
    assert not document.faults


@pytest.mark.parametrize("turn", [0, 180])
def test_forms_in_forms_are_read_where_they_are_placed(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        if turn:
            canvas.translate(400, 300)
            canvas.rotate(turn)
        canvas.beginForm("inner")
        table(canvas, 0, 100)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(10, 20)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.scale(0.9, 0.9)
        canvas.translate(30, 100)
        canvas.doForm("outer")
        canvas.drawString(0, 0, "below")

    document = read(pdf(draw))
    assert rows(document) == [ROWS]
    assert [line.text for line in document.lines()] == ["below"]


def test_what_a_file_says_to_be_spoken_is_no_number_of_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [250, 230])
        canvas.drawString(55, 236, "one")
        canvas._code.append("/Span <</ActualText (999)>> BDC")
        canvas.drawString(155, 236, "12")
        canvas._code.append("EMC")

    assert rows(read(pdf(draw))) == [(("one", "12"),)]


def test_bold_print_drawn_twice_is_one_number() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        canvas.drawString(155.4, 236, "12")

    assert rows(read(pdf(draw))) == [ROWS]


def test_a_dash_at_the_end_of_a_line_is_a_dash() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 250, "abc-")
        canvas.drawString(50, 236, "def")

    assert [line.text for line in read(pdf(draw)).lines()] == ["abc-", "def"]


def with_font(font: bytes, codes: bytes) -> bytes:
    """A PDF whose table has a number in a font of this dictionary, by these codes."""
    placeholder = "#" * 12

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [250, 230])
        canvas.drawString(55, 236, "one")
        canvas.setFont("Courier", 10)
        canvas.drawString(155, 236, placeholder)

    data = pdf(draw)
    begin = data.index(b"/BaseFont /Courier")
    begin, end = data.rindex(b"<<", 0, begin), data.index(b">>", begin)
    data = data[:begin] + b"<<" + font + data[end:]
    return data.replace(b"(%s)" % placeholder.encode(), b"<%s>" % codes)


NUMBERED = (
    b"/Type/Font/Subtype/Type0/BaseFont/Strange/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype"
    b"/CIDFontType2/BaseFont/Strange/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>]"
)
NAMED = (
    b"/Type/Font/Subtype/Type1/BaseFont/Strange/Encoding<</Type/Encoding/Differences[0/g0/g1/g2/g3 48/g48/g49/g50"
    b"/g51]>>/FirstChar 0/LastChar 3/Widths[500 500 500 500]"
)


@pytest.mark.parametrize(
    ("font", "numbers"),
    [
        (NUMBERED, b"00310032"),
        (NUMBERED, b"0031062800320628"),
        (NUMBERED, b"06280031"),
        (NAMED, b"00310032"),
    ],
    ids=["of digits", "of digits among letters from the right", "and behind one", "of digits, with names"],
)
def test_letters_without_a_character_are_no_digits(font: bytes, numbers: bytes) -> None:
    document = read(with_font(font, numbers))
    ((label, number),) = rows(document)[0]
    assert label == "one"
    assert number
    assert set(number) == {"\ufffd"}
    assert codes(document) == ["undecodable_characters"]


def with_objects(data: bytes, **streams: bytes) -> bytes:
    """A PDF with more objects, by numbers `o99`; their places are found though no table of the file has them."""
    at = data.index(b"1 0 obj")
    for number, content in streams.items():
        head = b"%s 0 obj\n<</Length %d>>stream\n" % (number[1:].encode(), len(content))
        data = data[:at] + head + content + b"\nendstream\nendobj\n" + data[at:]
    return data


TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
    b"3 beginbfchar <41> <D842DFB7> <42> <00660066> <43> <0037> endbfchar endcmap end end"
)


def test_a_glyph_may_be_one_character_of_two_surrogates_or_two_characters() -> None:
    data = with_font(b"/Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 99 0 R", b"4142")
    assert rows(read(with_objects(data, o99=TO_UNICODE))) == [(("one", "\U00020bb7ff"),)]


TYPE_3 = (
    b"/Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</g7 98 0 R>>/Resources<<>>"
    b"/Encoding<</Type/Encoding/Differences[67/g7]>>/FirstChar 67/LastChar 67/Widths[500]"
)


def test_a_glyph_without_ink_is_a_letter_all_the_same() -> None:
    data = with_font(TYPE_3 + b"/ToUnicode 99 0 R", b"43")
    assert rows(read(with_objects(data, o98=b"500 0 d0", o99=TO_UNICODE))) == [(("one", "7"),)]


def test_a_glyph_of_unknown_name_is_not_the_character_of_its_number() -> None:
    data = with_font(TYPE_3.replace(b"67", b"49"), b"31")
    assert rows(read(with_objects(data, o98=b"500 0 d0"))) == [(("one", "\ufffd"),)]


def test_a_field_that_was_filled_in_is_read_and_makes_no_rules() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="n", value="345", x=152, y=211, width=90, height=18, fontSize=10)
        canvas.linkURL("http://example.org", (50, 230, 150, 250))
        canvas.highlightAnnotation("!", (60, 212, 80, 225))

    document = in_cell(draw)
    assert rows(document) == [ROWS]
    assert not document.faults


@pytest.mark.parametrize("matrix", [(1, 0, 0, 0), (0, 0, 0, 0), (1, 0, 0, -1)], ids=["flat", "a point", "mirrored"])
def test_letters_that_no_matrix_shows_are_something_in_their_cell(matrix: tuple[int, int, int, int]) -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        text = canvas.beginText()
        text.setTextTransform(*matrix, 180, 236)
        text.textOut("9")
        canvas.drawText(text)

    assert rows(read(pdf(draw))) == [(("one", "12 \ufffd"), ROWS[1])]
