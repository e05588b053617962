"""An HTML page as a browser or Word saves it in one file: MIME, the page its first part."""

import base64
import quopri
from random import Random

from benchmarks.generator.chance import pick

_DOT = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def wrap_mhtml(rng: Random, page: bytes, charset: str) -> bytes:
    """The bytes of the file; `page` is in `charset`."""
    boundary = f"----=_NextPart_{int(rng.random() * 10**8):08d}"
    printable = pick(rng, (True, False))
    body = quopri.encodestring(page) if printable else base64.encodebytes(page)
    lines = (
        "From: <Saved by Browser>",
        "Snapshot-Content-Location: http://www.example.gov.cn/zfxxgk/ndbg/index.html",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"',
        "",
        "",
        f"--{boundary}",
        f'Content-Type: text/html; charset="{charset}"',
        f"Content-Transfer-Encoding: {'quoted-printable' if printable else 'base64'}",
        "Content-Location: http://www.example.gov.cn/zfxxgk/ndbg/index.html",
        "",
        "",
    )
    tail = (
        "",
        f"--{boundary}",
        "Content-Type: image/gif",
        "Content-Transfer-Encoding: base64",
        "Content-Location: http://www.example.gov.cn/dot.gif",
        "",
        _DOT,
        f"--{boundary}--",
        "",
    )
    wanted = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return "\r\n".join(lines).encode() + wanted + "\r\n".join(tail).encode()
