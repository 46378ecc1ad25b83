"""Papers of a meeting: numbered, handed out, taken back; facts from taxation kept out (R-043)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import CaseworkError
from core.ids import PersonId
from core.meetings.bodies import MeetingBody, Participant
from core.meetings.ids import ItemId, ParticipantId
from core.meetings.shares import NOTHING, TAX, SharesOf


class CopyState(enum.StrEnum):
    """Where a numbered copy is [D]."""

    OUT = "OUT"
    RETURNED = "RETURNED"
    DESTROYED = "DESTROYED"


class TaxFactsNotShared(CaseworkError):
    """What tax officers know of taxpayers is not shared without consent, in 支援会議 neither.

    Local Tax Act 22 (S0 第4-4(1)④※). Facts: `material`, `allowed`.
    """

    rule = "R-043"


class MaterialNumberTaken(CaseworkError):
    """Each paper, and each copy of it, has a number of its own. Facts: `number`, `allowed`."""

    rule = "M5"


class CopiesStillOut(CaseworkError):
    """A meeting is closed when every copy is back or destroyed. Facts: `numbers`, `allowed`."""

    rule = "M8"


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """A paper for one item.

    Attributes:
        number: unique in the meeting, from 1 (資料1).
        about: whose information it holds.
        tax_derived: holds facts that come from taxation (R-043).
        is_withdrawn: nobody reads it any more; its copies still have to come back (M10).
    """

    number: int
    item_id: ItemId
    title: str
    about: frozenset[PersonId] = frozenset()
    tax_derived: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """One copy in somebody's hands; `number` is unique in the meeting."""

    number: int
    material: int
    holder: ParticipantId
    handed_at: datetime
    state: CopyState = CopyState.OUT
    settled_at: datetime | None = None


def tax_may_be_told(
    *,
    about: frozenset[PersonId],
    body: MeetingBody,
    listeners: Iterable[Participant],
    shares: SharesOf,
) -> bool:
    """Whether everybody concerned agreed that these listeners hear facts from taxation.

    By a share in the body that names taxation, or by shares that name it with the agency of
    every single listener. Facts about nobody in particular are nobody's to give away: refused.
    """
    heard_by = tuple(listeners)
    topic = frozenset({TAX})

    def agrees(person: PersonId) -> bool:
        given = shares.get(person, NOTHING)
        return given.covers(body, topics=topic) or (
            bool(heard_by) and all(given.covers_agency(p.agency_id, topics=topic) for p in heard_by)
        )

    return bool(about) and all(agrees(person) for person in about)


def require_tellable(
    material: Material,
    *,
    body: MeetingBody,
    listeners: Iterable[Participant],
    shares: SharesOf,
) -> None:
    """Refuse a paper with facts from taxation that consent does not cover.

    Raises:
        TaxFactsNotShared: R-043, whatever the basis of the item.
    """
    if material.tax_derived and not tax_may_be_told(
        about=material.about, body=body, listeners=listeners, shares=shares
    ):
        raise TaxFactsNotShared(
            material=str(material.number), allowed="leave_out_tax_facts,share_with_tax_topic"
        )


def with_material(materials: tuple[Material, ...], new: Material) -> tuple[Material, ...]:
    """Add a paper under its own number.

    Raises:
        MaterialNumberTaken: the number is in use, or not positive.
    """
    taken = {material.number for material in materials}
    if new.number in taken or new.number < 1:
        raise MaterialNumberTaken(number=str(new.number), allowed=str(max(taken, default=0) + 1))
    return (*materials, new)


def with_copy(copies: tuple[Copy, ...], new: Copy) -> tuple[Copy, ...]:
    """Hand out a copy under its own number.

    Raises:
        MaterialNumberTaken: the number is in use, or not positive.
    """
    taken = {copy.number for copy in copies}
    if new.number in taken or new.number < 1:
        raise MaterialNumberTaken(number=str(new.number), allowed=str(max(taken, default=0) + 1))
    return (*copies, new)


def settled(
    copies: tuple[Copy, ...], number: int, *, state: CopyState, at: datetime
) -> tuple[Copy, ...]:
    """Record that a copy came back, or was destroyed."""
    return tuple(
        replace(copy, state=state, settled_at=at) if copy.number == number else copy
        for copy in copies
    )


def require_all_settled(copies: Iterable[Copy]) -> None:
    """Refuse while a copy is out.

    Raises:
        CopiesStillOut: fact `numbers`.
    """
    out = [str(copy.number) for copy in copies if copy.state is CopyState.OUT]
    if out:
        raise CopiesStillOut(numbers=",".join(out), allowed="return,destroy")
