"""Which of LINE's hosts is asked for what; LINE_API_BASE decides."""

from typing import Final
from urllib.parse import urlsplit, urlunsplit

# Content lies on a host of its own; an emulator, or anybody else, has both on one.
_API_HOST: Final = "api.line.me"
_DATA_HOST: Final = "api-data.line.me"


def data_base(base_url: str) -> str:
    """Where content lies, told from LINE_API_BASE, which alone says which LINE is spoken to."""
    parts = urlsplit(base_url.rstrip("/"))
    if parts.hostname != _API_HOST:
        return base_url.rstrip("/")
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(_API_HOST, _DATA_HOST)))
