"""Documents of older programs (DOC, WPS, RTF, ODT), turned into DOCX by LibreOffice where it is installed."""

import atexit
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from ingest.readers.limits import CONVERT_SECONDS, MAX_BYTES

NAME = "libreoffice"
MISSING = (
    "LibreOffice is not installed, which this file needs to be read (Debian: apt-get install libreoffice-writer-nogui)"
)
_NAMES = ("soffice", "libreoffice")
_DIE_WITH_PARENT = 1
_STARTED_FIRST = (79, 81)
"""How LibreOffice ends when it has only just made its profile and wants to be started again."""
_NOBODY_LISTENS = "http://127.0.0.1:9"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class ConversionError(ValueError):
    """LibreOffice could not turn a file into DOCX; the message says why."""


class ConversionTimeoutError(ConversionError):
    """LibreOffice took too long, which may be the machine's fault and not the file's."""


@cache
def program() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        return None
    # The program itself and not the script that starts it, so that ending it ends all of it.
    beside = Path(found).resolve().with_name("soffice.bin")
    return str(beside) if beside.exists() else found


@cache
def _profile() -> Path:
    """A profile of this process's own, made once and removed with it: no lock and no setting is shared."""
    folder = Path(tempfile.mkdtemp(prefix="ogi-libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = folder / "user"
    settings.mkdir()
    (settings / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return folder


def to_docx(data: bytes, suffix: str) -> bytes:
    """A document as DOCX. Raises ConversionError where LibreOffice takes too long, dies or makes nothing of it.

    Macros do not run, links are not followed. LibreOffice is ended at its time, and with this process.
    """
    soffice = program()
    if soffice is None:
        raise ConversionError(MISSING)
    with tempfile.TemporaryDirectory(prefix="ogi-convert-") as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(data)
        command = [
            soffice,
            f"-env:UserInstallation={_profile().as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)),
        ]
        environment = {
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            "http_proxy": _NOBODY_LISTENS,
            "https_proxy": _NOBODY_LISTENS,
            "HOME": folder,
            "SAL_USE_VCLPLUGIN": "svp",
        }
        code = _run(command, environment)
        if code in _STARTED_FIRST:
            code = _run(command, environment)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise ConversionError(f"LibreOffice made nothing of it (exit code {code})")
        if made.stat().st_size > MAX_BYTES:
            raise ConversionError("what LibreOffice made of it is too large")
        return made.read_bytes()


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run LibreOffice to its end, or end it with all that it started; returns its exit code."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )
    try:
        return process.wait(CONVERT_SECONDS)
    except subprocess.TimeoutExpired:
        message = f"LibreOffice took longer than {CONVERT_SECONDS} s and was ended; the next build tries again"
        raise ConversionTimeoutError(message) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _die_with_parent() -> None:
    """In the child, before it becomes LibreOffice: have the system end it when its parent is ended (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
