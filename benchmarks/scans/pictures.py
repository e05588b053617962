"""Scans made of PDF files: their pages as pictures, turned a little, with a scanner's noise and JPEG's losses."""

import io
import random
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image

_PAPER = 255


@dataclass(frozen=True, slots=True)
class Scanner:
    """A way of scanning. `turned` is in degrees, `noise` the deviation of each point in grey levels of 255, `quality`
    that of JPEG; `ink` is how dark print is, of 255."""

    name: str
    dpi: int
    turned: float
    noise: float
    quality: int
    ink: int = 0


SCANNERS = (
    Scanner("300 dpi, clean", 300, 0.0, 0, 95),
    Scanner("300 dpi, turned 0.2°, noise", 300, 0.2, 12, 70, 40),
    Scanner("200 dpi, clean", 200, 0.0, 0, 90),
    Scanner("200 dpi, turned 0.3°, noise", 200, 0.3, 16, 60, 60),
    Scanner("150 dpi, clean", 150, 0.0, 0, 80),
    Scanner("150 dpi, turned 0.3°, noise", 150, 0.3, 16, 50, 60),
)


def scanned(pdf: bytes, scanner: Scanner, seed: str) -> list[Image.Image]:
    """The pages of a PDF as a scanner sees them; the same seed gives the same pictures."""
    chosen = random.Random(seed)
    dice = np.random.default_rng(chosen.getrandbits(64))
    document = pypdfium2.PdfDocument(pdf)
    return [_page(document[index], scanner, chosen, dice) for index in range(len(document))]


def _page(page: pypdfium2.PdfPage, scanner: Scanner, chosen: random.Random, dice: np.random.Generator) -> Image.Image:
    picture = page.render(scale=scanner.dpi / 72, grayscale=True).to_pil().convert("L")
    if scanner.turned:
        angle = scanner.turned * chosen.choice((-1, 1))
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    points = np.asarray(picture, dtype=np.float32)
    points = scanner.ink + points * (_PAPER - scanner.ink) / _PAPER
    if scanner.noise:
        points = points + dice.normal(0, scanner.noise, points.shape)
    return _through_jpeg(Image.fromarray(np.clip(points, 0, _PAPER).astype("uint8")), scanner.quality)


def _through_jpeg(picture: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue()))


def as_pdf(pages: list[Image.Image], dpi: int) -> bytes:
    """Pictures as a PDF without any text."""
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return buffer.getvalue()


def as_picture(pages: list[Image.Image], kind: str, dpi: int) -> bytes:
    """Pages as a bare picture file of a kind of Pillow's: all of them in TIFF, the first in any other."""
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if kind == "TIFF" else {}
    pages[0].save(buffer, kind, dpi=(dpi, dpi), **more)
    return buffer.getvalue()
