"""What stands in the cells of a picture, as far as the ink itself tells: nothing, a stroke, and how many digits."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers import ocr_cells
from ingest.readers.ocr_cells import STROKE, texts_of
from ingest.readers.ruled_pictures import PictureCell
from ingest.readers.tesseract import BETWEEN

CELL = PictureCell(0, 0, 1, 1, 0, 0, 120, 60)


def cell(noise: int = 0) -> Image.Image:
    dice = np.random.default_rng(7)
    paper = 250 + dice.normal(0, noise, (60, 120))
    return Image.fromarray(np.clip(paper, 0, 255).astype("uint8"))


def shown(picture: Image.Image) -> str | None:
    return texts_of(picture, [CELL]).get((0, 0))


@pytest.mark.parametrize("noise", [0, 16])
def test_a_cell_without_ink_holds_nothing(noise: int) -> None:
    assert shown(cell(noise)) is None


@pytest.mark.parametrize("noise", [0, 16])
@pytest.mark.parametrize("box", [(40, 29, 76, 31), (50, 28, 60, 31)])
def test_a_level_stroke_in_the_middle_is_a_dash(noise: int, box: tuple[int, int, int, int]) -> None:
    picture = cell(noise)
    ImageDraw.Draw(picture).rectangle(box, fill=40)
    assert shown(picture) == STROKE


@pytest.mark.parametrize("box", [(40, 47, 76, 49), (58, 26, 61, 30)], ids=["a line at the foot", "a dot"])
def test_ink_that_is_neither_dash_nor_print_is_unreadable_and_not_blank(box: tuple[int, int, int, int]) -> None:
    picture = cell()
    ImageDraw.Draw(picture).rectangle(box, fill=40)
    assert shown(picture) == BETWEEN


def test_faint_ink_is_unreadable_and_not_blank() -> None:
    picture = cell()
    ImageDraw.Draw(picture).rectangle((50, 20, 60, 40), fill=200)
    assert shown(picture) == BETWEEN


def printed(text: str) -> Image.Image:
    picture = Image.new("L", (300, 80), 255)
    ImageDraw.Draw(picture).text((20, 10), text, font=ImageFont.load_default(size=40), fill=0)
    return picture


@pytest.mark.parametrize("text", ["0", "1", "11", "17", "12", "905", "40000"])
def test_the_pieces_of_ink_tell_how_many_digits_there_are(text: str) -> None:
    least, most = ocr_cells._digits_in(printed(text))
    assert least == len(text) == most


def test_a_number_is_what_two_readings_say_and_none_denies() -> None:
    strip = printed("17")
    assert ocr_cells._agreed(["17", "17", "", "i7"], strip) == "17"
    assert ocr_cells._agreed(["17", "17", "11", ""], strip) == f"17{BETWEEN}11"
    assert ocr_cells._agreed(["17", "", "", ""], strip) == f"17{BETWEEN}"
    # One digit fewer than pieces of ink, or one more, is no reading.
    assert ocr_cells._agreed(["7", "7", "7", "177"], strip) == BETWEEN
    assert ocr_cells._agreed(["工7", "", "", ""], strip) == f"工7{BETWEEN}"
