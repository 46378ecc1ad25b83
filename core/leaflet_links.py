"""The link by which the reader of a letter opens its leaflet: for months, not to be guessed..

How a link is kept: `core.link_tokens`.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from core.ids import CaseId, LeafletId, LetterId, MunicipalityId, PersonId, PlaceId
from core.leaflets import Leaflet
from core.link_tokens import still_opens

LINK_LIVES: Final = timedelta(days=180)
"""A link lives at least so long: LINE fetches late, and so do people."""
LINK_OUTLIVES: Final = timedelta(days=90)
"""... and so long after the leaflet's last day, with a kind line that it is over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeafletLink:
    """A letter that carries a leaflet, and the link by which its reader opens it.

    Attributes:
        why: a colleague's reason where no interest matched (R-026); sealed where stored.
        nth: how many letters carried this leaflet to this person before, stopped ones among
            them: of two that are written at once, one finds its number taken.
        token_hash: SHA-256 of the token, hex; None until the letter is approved.
        expires_at: aware; after that the link opens nothing.
    """

    letter_id: LetterId
    municipality_id: MunicipalityId
    case_id: CaseId
    person_id: PersonId
    leaflet_id: LeafletId
    root_id: LeafletId
    edition: int
    nth: int
    why: str = ""
    place_id: PlaceId | None = None
    token_hash: str | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    version: int = 1

    def opens(self, at: datetime) -> bool:
        """Whether the link still opens something."""
        return still_opens(at=at, expires_at=self.expires_at, revoked_at=self.revoked_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """A letter's link with the edition that it carries, for a colleague who reads the case."""

    link: LeafletLink
    leaflet: Leaflet


def link_ends(leaflet: Leaflet, *, at: datetime, tz: tzinfo) -> datetime:
    """Until when a link made now opens the leaflet (aware)."""
    last = datetime.combine(leaflet.valid_until, time(), tzinfo=tz) + timedelta(days=1)
    return max(at + LINK_LIVES, last + LINK_OUTLIVES)
