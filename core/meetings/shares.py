"""What one person allows at this moment, as plain values taken from the ledger of consents.

Whoever loads the ledger reduces its GIVEN lines to these; a line withdrawn, replaced or expired
is simply not among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.ids import AgencyId, PersonId
from core.meetings.bodies import MeetingBody
from core.meetings.ids import BodyId, MeetingId
from core.programmes import Programme

# The topic that consent has to name before facts from taxation may be shared.
TAX: Final = "tax_derived"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingShare:
    """`SHARE_MEETING`: in this body, with the people of this version of its list.

    Attributes:
        topics: particular topics named beside the case itself, such as `TAX`.
    """

    body_id: BodyId
    roster: int
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyShare:
    """`SHARE_AGENCY`: with this agency, on these topics."""

    agency_id: AgencyId
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyShare:
    """`SHARE_FAMILY`: with this relative, on these topics."""

    relative: PersonId
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shares:
    """The consents of one person that bear on meetings.

    Attributes:
        programmes: `SERVICE_USE`.
        relatives: `SHARE_FAMILY`.
        attends: `ATTEND`, meetings to which the person comes.
    """

    meetings: frozenset[MeetingShare] = frozenset()
    agencies: frozenset[AgencyShare] = frozenset()
    programmes: frozenset[Programme] = frozenset()
    relatives: frozenset[FamilyShare] = frozenset()
    attends: frozenset[MeetingId] = frozenset()

    def names(self, body: MeetingBody) -> bool:
        """Whether the body is named, in whatever version of its list."""
        return any(share.body_id == body.id for share in self.meetings)

    def covers(self, body: MeetingBody, *, topics: frozenset[str] = frozenset()) -> bool:
        """Whether a share reaches everybody now on the body's list, on these topics."""
        return any(
            share.body_id == body.id and body.covers(share.roster) and topics <= share.topics
            for share in self.meetings
        )

    def covers_agency(self, agency_id: AgencyId | None, *, topics: frozenset[str]) -> bool:
        """Whether a share names this agency and all these topics."""
        return agency_id is not None and any(
            share.agency_id == agency_id and topics <= share.topics for share in self.agencies
        )

    def covers_relative(self, person_id: PersonId, *, topics: frozenset[str]) -> bool:
        """Whether a share lets this relative hear all these topics; of none, nothing."""
        return any(
            share.relative == person_id and topics and topics <= share.topics
            for share in self.relatives
        )


SharesOf = Mapping[PersonId, Shares]
NOTHING: Final = Shares()


def all_agree(subjects: frozenset[PersonId], shares: SharesOf, *, body: MeetingBody) -> bool:
    """Whether every person concerned shares in this body; a single one missing is a no."""
    return all(shares.get(person, NOTHING).covers(body) for person in subjects)
