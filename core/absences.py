"""When a colleague is away, and who stands in (代理): the person is answered all the same (G-15).

An absence gives nobody a right that they do not have. The deputy is told and asked on those cases
on which they have a seat; on others whoever else works there is told, as ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from core.agencies import Role, Staff
from core.answers import Answer
from core.errors import CaseworkError
from core.ids import AbsenceId, MunicipalityId, StaffId

FOR_OTHERS: Final = frozenset({Role.COORDINATOR, Role.MUNICIPAL_OFFICER})
"""Who may note an absence for somebody else."""
LONGEST: Final = timedelta(days=366)


class OwnDeputy(CaseworkError):
    """Nobody stands in for themselves."""

    rule = "G-15"


class AbsenceUnfit(CaseworkError):
    """The days are over, the last lies before the first, or they are more than a year."""

    rule = "G-15"


class AwayAlready(CaseworkError):
    """These days lie in an absence that is noted. Facts: `since`, `until`, ISO 8601."""

    rule = "G-15"


class DeputyAway(CaseworkError):
    """The deputy is away themselves on one of these days. Facts: `since`, `until`, ISO 8601."""

    rule = "G-15"


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """Days on which a colleague is away.

    Attributes:
        first, last: local days, both of them away.
        ended_on: back sooner: from this local day on; None while it stands as noted.
    """

    id: AbsenceId
    municipality_id: MunicipalityId
    staff_id: StaffId
    deputy_id: StaffId
    first: date
    last: date
    noted_by: StaffId
    noted_at: datetime
    ended_on: date | None = None
    version: int = 1

    def holds(self, on: date) -> bool:
        """Whether the colleague is away on this local day."""
        return self.first <= on <= self.last and (self.ended_on is None or on < self.ended_on)

    def meets(self, other: "Absence") -> bool:
        """Whether the two have a day in common."""
        days = max(self.first, other.first), min(self._end, other._end)
        return days[0] <= days[1]

    @property
    def _end(self) -> date:
        if self.ended_on is None:
            return self.last
        return min(self.last, self.ended_on - timedelta(days=1))


def require_fit(absence: Absence, *, others: Iterable[Absence], today: date) -> None:
    """Refuse an absence that helps nobody.

    Args:
        others: noted already, of anybody.
        today: local day.

    Raises:
        OwnDeputy, AbsenceUnfit, AwayAlready, DeputyAway.
    """
    if absence.deputy_id == absence.staff_id:
        raise OwnDeputy()
    days = absence.last - absence.first
    if days < timedelta() or days >= LONGEST or absence.last < today:
        raise AbsenceUnfit()
    for other in others:
        if not other.meets(absence):
            continue
        told = {"since": other.first.isoformat(), "until": other.last.isoformat()}
        if other.staff_id == absence.staff_id:
            raise AwayAlready(**told)
        if other.staff_id == absence.deputy_id:
            raise DeputyAway(**told)


def noted_as(staff: Staff) -> str:
    """In which role somebody notes an absence: the one that lets them do so for others, if any."""
    held = sorted(staff.roles & FOR_OTHERS) or sorted(staff.roles)
    return held[0].value if held else ""


def standing_in(
    told: Iterable[StaffId],
    *,
    away: Iterable[Absence],
    seated: Iterable[StaffId],
    serving: Iterable[StaffId] | None = None,
) -> tuple[StaffId, ...]:
    """Whom to tell today: in the place of those who are away their deputies, each once, in order.

    Somebody who is away and whose deputy has no seat is left out while anybody else is told; if
    nobody else is, they are told themselves rather than nobody.

    Args:
        told: those who would be told.
        away: the absences of today.
        seated: those with a seat on the case.
        serving: those in service, if that is to be looked at.
    """
    deputies = {one.staff_id: one.deputy_id for one in away}
    seated, told = set(seated), tuple(told)
    in_service = None if serving is None else set(serving)
    instead = [
        deputies[one] if one in deputies and deputies[one] in seated else one for one in told
    ]
    there = [
        one for one in instead if one not in deputies and (in_service is None or one in in_service)
    ]
    return tuple(dict.fromkeys(there)) or told


def first_in_place(
    author: StaffId,
    *,
    usual: Iterable[StaffId],
    away: Iterable[Absence],
    answered: Iterable[Answer],
) -> Absence | None:
    """The absence that the author's next answer names, as their first in somebody's place.

    None for whoever leads the case: from them the person expects an answer anyway.

    Args:
        usual: those who work on the case, the lead first; the first of them who is away counts.
        away: the absences of today.
        answered: what the person was answered before.
    """
    usual = tuple(usual)
    if usual[:1] == (author,):
        return None
    out = {one.staff_id: one for one in away if one.deputy_id == author}
    absence = next((out[one] for one in usual if one in out), None)
    if absence is None:
        return None
    said = any(
        (one.by, one.in_place_of) == (author, absence.staff_id) and one.at >= absence.noted_at
        for one in answered
    )
    return None if said else absence
