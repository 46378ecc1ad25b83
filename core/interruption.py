"""中断: the gate before it (R-052, S0 第4-4(2)④※).

Interruption is for contact lost completely, and only after all that could be done was done. A
person who does not write back has not lost contact with us: letters sent, silence and a block
on LINE count for nothing here, neither as effort nor as loss.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.contacts import FROM_THE_PERSON, Contact, ContactChannel, Met, WithWhom
from core.errors import CaseworkError
from core.ids import ContactId

_C = ContactChannel


class Effort(enum.StrEnum):
    """What has to have been tried."""

    AGENCIES_ASKED = "AGENCIES_ASKED"
    COMMUNITY_ASKED = "COMMUNITY_ASKED"
    HOME_VISITED = "HOME_VISITED"


# Each kind of effort by the entries of the log that show it. An entry with the family counts
# as asking related people only where it brought no tie (see SIGNS).
_EFFORTS: Final = {
    Effort.AGENCIES_ASKED: frozenset({_C.AGENCY_TALK}),
    Effort.COMMUNITY_ASKED: frozenset({_C.RESIDENT_INFO, _C.FAMILY_TALK}),
    Effort.HOME_VISITED: frozenset({_C.VISIT}),
}
# Where "met" means the person, or a family through whom a tie goes on (AC-H51, step 4).
_MEETING: Final = frozenset(
    {_C.PHONE, _C.VISIT, _C.MAIL, _C.CHAT, _C.ACCOMPANY, _C.OFFICE, _C.FAMILY_TALK}
)
# A neighbour met on a visit is no tie with the person.
_OTHERS: Final = frozenset({WithWhom.AGENCY, WithWhom.RESIDENT})
_REACHED: Final = frozenset({Met.MET, Met.VOICE_ONLY})


class TieStillThere(CaseworkError):
    """There is a sign of contact, so nothing is interrupted (R-052).

    Facts: `next`, when it was, ISO 8601; `allowed`.
    """

    rule = "R-052"


class EffortMissing(CaseworkError):
    """Not everything was tried: agencies, the people around, the home (R-052).

    Facts: `missing`, kinds (`Effort`), comma-separated; `allowed`.
    """

    rule = "R-052"


@dataclass(frozen=True, kw_only=True, slots=True)
class EffortRules:
    """How much of each has to be on record; one is the least, a town may ask for more [D]."""

    agencies: int = 1
    community: int = 1
    visits: int = 1

    def __post_init__(self) -> None:
        if min(self.agencies, self.community, self.visits) < 1:
            raise ValueError("a town may raise these counts, never drop one (R-052)")

    def least(self, effort: Effort) -> int:
        """The least count of this kind of effort."""
        counts = {
            Effort.AGENCIES_ASKED: self.agencies,
            Effort.COMMUNITY_ASKED: self.community,
            Effort.HOME_VISITED: self.visits,
        }
        return counts[effort]


@dataclass(frozen=True, kw_only=True, slots=True)
class LossReport:
    """What the log says of a contact that seems lost.

    Attributes:
        sign: the latest sign of contact since then; None where there is none.
        efforts: entries that show what was tried, by kind.
        missing: kinds that were not tried often enough.
    """

    sign: Contact | None
    efforts: dict[Effort, tuple[ContactId, ...]]
    missing: tuple[Effort, ...]

    @property
    def lost(self) -> bool:
        """Whether contact is completely lost, with every effort on record."""
        return self.sign is None and not self.missing


def is_sign(contact: Contact) -> bool:
    """Whether this entry shows that a tie with the person is there."""
    if contact.channel in FROM_THE_PERSON:
        return True
    if contact.with_whom in _OTHERS:
        return False
    return contact.channel in _MEETING and contact.met in _REACHED


def report_loss(
    contacts: Iterable[Contact], *, since: datetime, rules: EffortRules | None = None
) -> LossReport:
    """Read the log from the moment on at which contact seems to have been lost.

    Args:
        since: aware; entries before it count neither as a sign nor as effort.
    """
    asked = rules or EffortRules()
    after = [contact for contact in contacts if contact.at >= since]
    signs = [contact for contact in after if is_sign(contact)]
    efforts = {
        effort: tuple(
            c.id for c in after if c.channel in channels and c.counts_as_effort and not is_sign(c)
        )
        for effort, channels in _EFFORTS.items()
    }
    return LossReport(
        sign=max(signs, key=lambda contact: contact.at, default=None),
        efforts=efforts,
        missing=tuple(e for e in Effort if len(efforts[e]) < asked.least(e)),
    )


def require_lost(report: LossReport) -> None:
    """Refuse to go on towards interruption while a tie is there or something is untried.

    Raises:
        TieStillThere, EffortMissing.
    """
    if report.sign is not None:
        raise TieStillThere(next=report.sign.at.isoformat(), allowed="go on; keep in touch")
    if report.missing:
        raise EffortMissing(missing=", ".join(report.missing), allowed="try these first")
