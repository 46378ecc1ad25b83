"""Marks of special care on a person: only those named see them (R-015).

Whoever was abused or beaten, whose sexuality or past is nobody's business, must not find it read
by everyone at the table (S4 FR Ⅲ-2 fn7, Ⅲ-3 fn10, Ⅳ-1). A mark names who is cleared for it. A mark
may also close the whole case to everyone else, for when the danger could sit in the next room.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import CaseId, PersonId, StaffId


class Care(enum.StrEnum):
    """Why special care is needed."""

    ALCOHOL = "alcohol"
    CRIME = "crime"
    SEXUALITY = "sexuality"
    DV_VICTIM = "dv_victim"
    ABUSE = "abuse"
    STALKING = "stalking"
    OTHER = "other"


class Shielded(CaseworkError):
    """The case is closed to everyone who is not named on its mark. Facts: `allowed`."""

    rule = "R-015"


class NobodyCleared(CaseworkError):
    """A mark names at least one person who may see it, and its last one is not taken off."""

    rule = "R-015"


class MarkNotThere(CaseworkError):
    """There is no such mark on this person, as far as this colleague may know.

    Facts: `allowed`.
    """

    rule = "R-015"


class MarkUnexplained(CaseworkError):
    """A mark is taken off for a reason. Facts: `allowed`."""

    rule = "R-015"


class NotCleared(CaseworkError):
    """Only who is named on a mark lets others see it. Facts: `allowed`."""

    rule = "R-015"


@dataclass(frozen=True, kw_only=True, slots=True)
class CareMark:
    """One mark.

    Attributes:
        cleared: the only staff who see this mark and what is written under it.
        closes_case: nobody else opens the case, or finds it in a list.
    """

    person_id: PersonId
    care: Care
    cleared: frozenset[StaffId]
    closes_case: bool = False


def place_mark(
    mark: CareMark, *, case_id: CaseId, by: StaffId, role: str, at: datetime
) -> tuple[CareMark, AuditEvent]:
    """A new mark, and its audit event; neither says to the reader of the trail which care it is.

    Raises:
        NobodyCleared: nobody could ever see it.
    """
    if not mark.cleared:
        raise NobodyCleared()
    event = AuditEvent(
        action="case.marked",
        at=at,
        actor=by,
        role=role,
        subject=mark.person_id,
        case_id=case_id,
        reason="closes_case" if mark.closes_case else "",
        evidence=_names(mark.cleared),
    )
    return mark, event


def clear_for(
    mark: CareMark,
    cleared: frozenset[StaffId],
    *,
    case_id: CaseId,
    by: StaffId,
    role: str,
    at: datetime,
) -> tuple[CareMark, AuditEvent]:
    """Other names on a mark, and the audit event.

    Raises:
        NotCleared: `by` is not named on it.
        NobodyCleared: no name would be left.
    """
    if by not in mark.cleared:
        raise NotCleared(allowed="ask_the_named")
    changed, event = place_mark(
        replace(mark, cleared=cleared), case_id=case_id, by=by, role=role, at=at
    )
    return changed, replace(event, action="case.cleared_for")


def lift_mark(
    mark: CareMark, *, case_id: CaseId, reason: str, by: StaffId, role: str, at: datetime
) -> AuditEvent:
    """That a mark is taken off, by somebody who is named on it, and why.

    Raises:
        NotCleared: `by` is not named on it.
        MarkUnexplained: no reason is given.
    """
    if by not in mark.cleared:
        raise NotCleared(allowed="ask_the_named")
    if not reason.strip():
        raise MarkUnexplained(allowed="give_reason")
    return AuditEvent(
        action="case.unmarked",
        at=at,
        actor=by,
        role=role,
        subject=mark.person_id,
        case_id=case_id,
        reason=reason.strip(),
        evidence=_names(mark.cleared),
    )


def seen_marks(marks: Iterable[CareMark], *, staff_id: StaffId) -> tuple[CareMark, ...]:
    """The marks that this reader is cleared for; of the others not even the number."""
    return tuple(mark for mark in marks if staff_id in mark.cleared)


def listed_for(marks: Iterable[CareMark], *, staff_id: StaffId) -> bool:
    """Whether the case shows in this reader's lists and searches."""
    return all(staff_id in mark.cleared for mark in marks if mark.closes_case)


def require_listed(marks: Iterable[CareMark], *, staff_id: StaffId) -> None:
    """Refuse a reader to whom the case is closed.

    Raises:
        Shielded: the way that stays open is a read with reason and alert.
    """
    if not listed_for(marks, staff_id=staff_id):
        raise Shielded(allowed="break_glass")


def _names(cleared: frozenset[StaffId]) -> tuple[str, ...]:
    return tuple(f"cleared={staff_id}" for staff_id in sorted(cleared))
