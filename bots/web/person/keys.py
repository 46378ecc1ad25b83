"""Who stands before a page: the PIN that a browser has shown, and forms that count once.

That a page opens at all lies in its address, which nobody else knows; so a form needs nothing more
to be ours than its own key, signed for this page.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bots.web.forms import Sent
from bots.web.passes import PassUnusable, read_signed, same_mark, sign
from core.link_tokens import token_hash
from core.page_steps import PageKey

SHOWN_LASTS: Final = timedelta(minutes=30)
"""So long a browser that has shown the PIN is not asked again."""
FORM_NOTED: Final = timedelta(days=2)
COOKIE: Final = "yorisoi_page"
_SHOWN: Final = "page-pin/1"
_FORM: Final = "page-form/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """Signs for the pages under a key of their own."""

    key: bytes

    def page_key(self, token: str, cookie: str, *, at: datetime) -> PageKey:
        """With what this browser stands before this page."""
        try:
            page, mark, _ = read_signed(_SHOWN, cookie, key=self.key, at=at)
        except PassUnusable:
            return PageKey(token)
        return PageKey(token, mark if page == token_hash(token) else "")

    def shown(self, token: str, mark: str, *, at: datetime) -> str:
        """A cookie for the browser that has shown the PIN."""
        return sign(_SHOWN, token_hash(token), mark, until=at + SHOWN_LASTS, key=self.key)

    def form(self, token: str, once: str, *, at: datetime) -> str:
        """What the forms of one showing of a page carry."""
        return sign(_FORM, token_hash(token), once, until=at + timedelta(days=365), key=self.key)

    def once(self, token: str, sent: Sent, *, at: datetime) -> str:
        """The key under which this form, with what it says, counts once.

        Raises:
            PassUnusable: no form of this page.
        """
        mark = sent.fields.get("mark", [""])[0]
        page, _, _ = read_signed(_FORM, mark, key=self.key, at=at)
        if not same_mark(page, token_hash(token)):
            raise PassUnusable
        files = {name: hashlib.sha256(data).hexdigest() for name, data in sent.files.items()}
        said = json.dumps([sorted(sent.fields.items()), sorted(files.items())]).encode()
        return hashlib.sha256(said).hexdigest()[:40]
