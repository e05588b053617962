"""Junk markup in a page: hijackers put empty tags of many names with one and the same id around the text."""

import re
from collections import Counter, defaultdict

_TAG_WITH_ID = re.compile(r"<([a-z][a-z0-9]{0,15}) id=[\"']([A-Za-z0-9]{4,8})[\"']>\s*</\1>")
_EMPTY_WITH_ID = re.compile(r"id=[\"'][A-Za-z0-9]{4,8}[\"']>\s*</")
"""What each of them has in it: soon found, for it begins with letters and not with every tag's sign."""
_NAMES = 5
_LINK = re.compile(r"href\s*=\s*[\"']?https?://([A-Za-z0-9.-]{4,80})")
_LINKS = 3
LINK_HOST = "link_host"
"""The name under which a document's metadata holds the host of most of a page's links."""
MAX_SEARCHED = 2_000_000


def junk_tags(text: str) -> tuple[str, ...]:
    """The different empty tags that share an id, where they have at least five names; else none."""
    if len(_EMPTY_WITH_ID.findall(text, 0, MAX_SEARCHED)) < _NAMES:
        return ()
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for found in _TAG_WITH_ID.finditer(text, 0, MAX_SEARCHED):
        names[found[2]][found[1]] = None
    return tuple(
        f'<{name} id="{identifier}">' for identifier, tags in names.items() if len(tags) >= _NAMES for name in tags
    )


def link_host(text: str) -> str | None:
    """The host that more than half of a page's absolute links lead to; None where there is none or few links."""
    hosts = Counter(host.lower() for host in _LINK.findall(text[:MAX_SEARCHED]))
    if not hosts:
        return None
    host, count = hosts.most_common(1)[0]
    return host if count >= _LINKS and count * 2 > hosts.total() else None
