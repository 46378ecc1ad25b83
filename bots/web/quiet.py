"""What the pages for people at home have in common: quiet headers, and one page for all else.

They work on old phones, without scripts, without anything from elsewhere, and are kept nowhere.
Whatever cannot be shown looks the same, byte for byte, below /l and below /p.
"""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_HERE: Final = Path(__file__).parent
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# A page is asked for anew each time, so that a stopped link is stopped at once and a shared phone
# keeps nothing; pictures may stay in the reader's own browser for a day, for weak signals.
PAGE_CACHE: Final = "private, no-store"
PICTURE_CACHE: Final = "private, max-age=86400"
LONGEST_TOKEN: Final = 64
Handler = Callable[[Request], Awaitable[Response]]


def static(name: str) -> str:
    """A style or a script that stands in the page itself."""
    return (_HERE / "static" / name).read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def quiet_headers(*, style: str, script: str = "", forms: bool = False) -> Mapping[str, str]:
    """Nothing from elsewhere, nothing to elsewhere, nothing found by search engines.

    Args:
        style, script: the only ones that count, word for word as in the page; "" for no script.
        forms: whether the page sends any, to its own origin.
    """
    policy = [
        "default-src 'none'",
        "img-src 'self' data:",
        # Browsers that know hashes pass by 'unsafe-inline'; it is for phones that do not know them.
        f"style-src 'sha256-{_digest(style)}' 'unsafe-inline'",
        *([f"script-src 'sha256-{_digest(script)}'"] if script else []),
        "base-uri 'none'",
        "form-action 'self'" if forms else "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    return {
        "content-security-policy": "; ".join(policy),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex, nofollow, noarchive",
    }


STYLE: Final = static("leaflet.css")
HEADERS: Final = quiet_headers(style=STYLE)


def quiet_page(template: str, *, status: int = 200, **facts: object) -> Response:
    """A page in the leaflets' style."""
    text = TEMPLATES.get_template(template).render(style=STYLE, **facts)
    return HTMLResponse(text, status_code=status, headers={**HEADERS, "cache-control": PAGE_CACHE})


async def nothing(request: Request) -> Response:
    """The one page for whatever cannot be shown."""
    return quiet_page("no_leaflet.html", status=404)
