"""The person's own page: the links that open it, and the PIN for a phone that others hold, too.

A link is for one person, lives for months, and ends when a colleague or the person ends it. With
a shared phone the page asks for a PIN first, under a harmless name (G-12).
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from core.errors import CaseworkError
from core.ids import MunicipalityId, PageLinkId, PersonId, StaffId
from core.link_tokens import still_opens

PAGE_LIVES: Final = timedelta(days=180)
"""A link opens the page for so long; pressing おたより in LINE brings a new one."""
WAY_BACK: Final = timedelta(days=30)
"""After やめる the links stay open for so long, so that one can come back on the page."""
PIN_SHORTEST: Final = 4
PIN_LONGEST: Final = 8
PIN_TRIES: Final = 5
PIN_RESTS: Final = (timedelta(hours=1), timedelta(days=1))
"""How long the page asks for no PIN after so many wrong ones; from then on after each one."""
# [D] about 50 ms and 16 MB for each try (scrypt, RFC 7914).
_N, _R, _P = 2**14, 8, 1


class PinNeeded(CaseworkError):
    """The page of a phone that others hold, too, asks for its PIN first (G-12)."""

    rule = "G-12"


class PinWrong(CaseworkError):
    """That was not the PIN."""

    rule = "G-12"


class PinRests(CaseworkError):
    """After several wrong PINs the page rests for a while. Facts: `next`, ISO 8601."""

    rule = "G-12"


class PinUnfit(CaseworkError):
    """A PIN has four to eight digits, and not all of them the same. Facts: `least`, `most`."""

    rule = "G-12"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLink:
    """A link that opens one person's page.

    Attributes:
        token_hash: SHA-256 of the token, hex; the token itself is not kept.
        expires_at: aware; from then on the link opens nothing.
    """

    id: PageLinkId
    municipality_id: MunicipalityId
    person_id: PersonId
    token_hash: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    version: int = 1

    def opens(self, at: datetime) -> bool:
        """Whether it still opens the page."""
        return still_opens(at=at, expires_at=self.expires_at, revoked_at=self.revoked_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class PagePin:
    """The PIN of one person's page, slowly hashed.

    Attributes:
        secret: salt and hash (`pin_secret`); the PIN itself is nowhere.
        set_by: the colleague who set it; None where it was the person.
        wrong: how many wrong ones since it was last right; `wrong_at` when the last one was.
    """

    person_id: PersonId
    municipality_id: MunicipalityId
    secret: str = field(repr=False)
    set_at: datetime
    set_by: StaffId | None = None
    wrong: int = 0
    wrong_at: datetime | None = None
    version: int = 1

    @property
    def mark(self) -> str:
        """What a browser that has shown this PIN carries; another PIN has another one."""
        return hashlib.sha256(self.secret.encode()).hexdigest()[:16]

    def rests_until(self) -> datetime | None:
        """Until when no PIN is looked at; None while one may be tried."""
        if self.wrong < PIN_TRIES or self.wrong_at is None:
            return None
        rest = PIN_RESTS[0] if self.wrong < 2 * PIN_TRIES else PIN_RESTS[1]
        # Within the first ten, every fifth wrong one brings a rest; after that, each one.
        due = self.wrong % PIN_TRIES == 0 or self.wrong > 2 * PIN_TRIES
        return self.wrong_at + rest if due else None


def require_pin_fit(pin: str) -> str:
    """The PIN in plain digits, however they were typed.

    Raises:
        PinUnfit.
    """
    digits = plain_digits(pin)
    fits = PIN_SHORTEST <= len(digits) <= PIN_LONGEST and digits.isascii() and digits.isdigit()
    if not fits or len(set(digits)) == 1:
        raise PinUnfit(least=str(PIN_SHORTEST), most=str(PIN_LONGEST))
    return digits


def plain_digits(pin: str) -> str:
    """Full-width digits as plain ones, without spaces around."""
    return pin.translate({0xFF10 + digit: str(digit) for digit in range(10)}).strip()


def pin_secret(pin: str, *, salt: str) -> str:
    """What is kept of a PIN: `salt$hash`, both text; the hash is scrypt's in hex."""
    made = hashlib.scrypt(pin.encode(), salt=salt.encode(), n=_N, r=_R, p=_P, dklen=32)
    return f"{salt}${made.hex()}"


def is_pin(pin: str, secret: str) -> bool:
    """Whether this is the PIN that was kept, in constant time."""
    salt, _, _ = secret.partition("$")
    return hmac.compare_digest(pin_secret(plain_digits(pin), salt=salt), secret)
