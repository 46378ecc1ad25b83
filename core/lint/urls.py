"""L14: links, and what may not show of them."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from core.lint.places import Place

URL: Final = re.compile(
    r"(?:(?:https?|ftp)://|www\.)[^\s、。「」()<>]+"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:jp|com|net|org|info|io|me|app|link|site|ly|gl|to|tv|cc|co|page|dev|biz|xyz)"
    r"(?::\d+)?(?:/[^\s、。「」()<>]*)?",
    re.IGNORECASE,
)
# Whoever reads such an address over a shoulder can open the person's own page.
_PERSONAL: Final = re.compile(
    r"(?:[?&#](?:t|token|key|id|uid|user|code|sig|pass|auth|session|k|p|pin)=)|/p/[^\s/]{6,}|/s/[^\s/]{6,}|@[\w-]",
    re.IGNORECASE,
)
_LONG_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{20,}")


def strange_hosts(text: str, *, hosts: frozenset[str]) -> Iterator[Place]:
    """Links to places of which the town has not said that a letter may lead there."""
    for match in URL.finditer(text):
        host = host_of(match.group())
        if not any(host == known or host.endswith(f".{known}") for known in hosts):
            yield Place(*match.span())


def personal_links(text: str, *, hosts: frozenset[str]) -> Iterator[Place]:
    """Links that carry what opens the person's own page.

    The unguessable name of a leaflet (`/l/...`) opens a leaflet and nothing else.
    """
    for match in URL.finditer(text):
        path = match.group()
        secret = _LONG_SECRET.search(path.split("://")[-1].partition("/")[2])
        if _PERSONAL.search(path) or (secret is not None and "/l/" not in path):
            yield Place(*match.span())


def host_of(address: str) -> str:
    """The host of a link, in small letters, without port; "" where there is none."""
    whole = address if "://" in address else f"https://{address}"
    try:
        return (urlsplit(whole).hostname or "").lower()
    except ValueError:
        return ""
