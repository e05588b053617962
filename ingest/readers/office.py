"""The parts of an Office document (a ZIP of XML files), each read within bounds and without entities.

Read straight from the XML with lxml: the usual libraries load whole files without a bound, resolve entities as the XML
parser of the day does, and refuse documents that Word and WPS open.
"""

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.readers.limits import MAX_OFFICE_PART

_RELATIONSHIPS = "_rels/.rels"


class OfficeError(ValueError):
    """The bytes cannot be read as a document; the message says why."""


class Package:
    """An Office document's parts by their names. Raises OfficeError for all that is wrong with it."""

    def __init__(self, source: Any) -> None:
        try:
            self._archive = zipfile.ZipFile(source)
            self._names = {name.lstrip("/").replace("\\", "/").lower(): name for name in self._archive.namelist()}
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise OfficeError(f"its directory cannot be read: {error}") from error

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def main_part(self, usual: str) -> str:
        """The name of the part that holds the document: the one that the package names, else the usual one."""
        if usual in self:
            return usual
        for relation in self.xml(_RELATIONSHIPS) if _RELATIONSHIPS in self else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return str(relation.get("Target", usual)).lstrip("/")
        raise OfficeError(f"it has no part {usual}")

    def relations(self, part: str) -> dict[str, str]:
        """The parts that a part refers to, by the id of the relation."""
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        found = {}
        for relation in self.xml(rels) if rels in self else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                found[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        return found

    def bytes(self, name: str) -> bytes:
        """A part's bytes, unpacked."""
        try:
            with self._archive.open(self._names[name.lower()]) as file:
                data = file.read(MAX_OFFICE_PART + 1)
        except KeyError:
            raise OfficeError(f"it has no part {name}") from None
        except RuntimeError as error:  # how zipfile tells of a password
            raise OfficeError(f"{name} is encrypted: {error}") from error
        except Exception as error:  # zipfile and the unpackers behind it raise anything on damaged members
            raise OfficeError(f"{name} is damaged: {type(error).__name__}: {error}") from error
        if len(data) > MAX_OFFICE_PART:
            raise OfficeError(f"{name} unpacks to more than {MAX_OFFICE_PART:,} bytes")
        return data

    def xml(self, name: str) -> Any:
        """A part as an XML tree. Entities are not resolved and depth is bounded; a document type is refused."""
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.bytes(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise OfficeError(f"{name} is no XML that can be read: {error}") from error
        if root.getroottree().docinfo.doctype:
            raise OfficeError(f"{name} declares a document type, as no Office document does")
        return root


def local(element: Any) -> str:
    """The name of an element without its namespace: transitional and strict documents differ in that alone."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute's value by its name without namespace."""
    for key, value in element.attrib.items():
        if key[key.rfind("}") + 1 :] == name:
            return str(value)
    return None


def children(element: Any, name: str) -> Iterator[Any]:
    """The children of an element that have a name."""
    return (child for child in element if local(child) == name)


def child(element: Any, name: str) -> Any | None:
    """The first child that has a name; None where there is none."""
    return next(children(element, name), None) if element is not None else None


def is_on(properties: Any, name: str) -> bool:
    """Whether a property such as `strike` is set: present, and not said to be off."""
    found = child(properties, name)
    if found is None:
        return False
    return attribute(found, "val") not in ("0", "false", "off", "none")
