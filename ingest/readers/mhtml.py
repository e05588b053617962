"""MHTML: a page saved with its pictures as one mail message. Its HTML parts are read as any HTML."""

import email
import re
from dataclasses import replace
from email.message import Message

from ingest.document import Block, Document, Fault, Grid

MEDIA_TYPE = "multipart/related"
_HEADER = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}", re.MULTILINE)
_MIME = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_CONTENT = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)
_HEAD = 8192
_MAX_PARTS = 500


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin with the header of a mail message that holds HTML."""
    head = data[:_HEAD].lstrip().replace(b"\r\n", b"\n")
    found = _HEADER.match(head)
    return bool(found and _MIME.search(found[0]) and _CONTENT.search(found[0]))


def html_parts(data: bytes) -> list[bytes]:
    """The HTML parts of a message, decoded, in their order. Raises ValueError where it has none."""
    message = email.message_from_bytes(data)
    parts = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() == "text/html":
            payload = _payload(part)
            if payload.strip():
                parts.append(payload)
    if not parts:
        raise ValueError("the message holds no HTML")
    return parts


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def joined(documents: list[Document]) -> Document:
    """The pages of one message as one document; of all but the first, places begin with the number of the part.

    Where any of them could be repaired in two ways, so could the whole.
    """
    whole = _joined(documents)
    if not any(document.other_reading for document in documents):
        return whole
    other = _joined([document.other_reading or document for document in documents])
    return replace(whole, other_reading=replace(other, other_reading=None))


def _joined(documents: list[Document]) -> Document:
    first, *others = documents
    blocks: list[Block] = list(first.blocks)
    faults: list[Fault] = list(first.faults)
    metadata = list(first.metadata)
    for number, document in enumerate(others, start=2):
        for block in document.blocks:
            if isinstance(block, Grid):
                blocks.append(
                    replace(block, row_locators=tuple(f"part {number}, {place}" for place in block.row_locators))
                )
            else:
                blocks.append(block._replace(locator=f"part {number}, {block.locator}"))
        faults.extend(document.faults)
        metadata += [(f"part {number}", value) for name, value in document.metadata if name == "title"]
    return replace(first, media_type=MEDIA_TYPE, metadata=tuple(metadata), blocks=tuple(blocks), faults=tuple(faults))
