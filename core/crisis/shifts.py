"""当番: who is called when nobody reads, from when to when, and in which place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.agencies import Role
from core.errors import CaseworkError
from core.ids import MunicipalityId, ShiftId, StaffId

LONGEST: Final = timedelta(days=14)
PLACES: Final = 9
# Who keeps the list: those who answer for how the town is manned.
KEEPERS: Final = frozenset({Role.COORDINATOR, Role.MUNICIPAL_OFFICER})


class ShiftUnfit(CaseworkError):
    """A shift ends after it begins, lasts two weeks at most, and its place is 1 to 9.

    Facts: `most` (days), `places`.
    """

    rule = "DOMAIN-8.3"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """One colleague's shift; half-open, aware.

    Attributes:
        place: 1 is called first, 2 is the backup, further ones come after them.
    """

    id: ShiftId
    municipality_id: MunicipalityId
    staff_id: StaffId
    starts_at: datetime
    ends_at: datetime
    place: int = 1

    def covers(self, at: datetime) -> bool:
        """Whether it lasts at this moment."""
        return self.starts_at <= at < self.ends_at


def require_fit(shift: Shift) -> None:
    """Refuse a shift that cannot be kept.

    Raises:
        ShiftUnfit.
    """
    lasts = shift.ends_at - shift.starts_at
    if not (timedelta() < lasts <= LONGEST and 1 <= shift.place <= PLACES):
        raise ShiftUnfit(most=str(LONGEST.days), places=str(PLACES))


def on_shift(shifts: Iterable[Shift], at: datetime) -> tuple[StaffId, ...]:
    """Who stands on a shift at this moment, by place; each once."""
    now = sorted(
        (shift for shift in shifts if shift.covers(at)), key=lambda one: (one.place, one.id)
    )
    return tuple(dict.fromkeys(shift.staff_id for shift in now))
