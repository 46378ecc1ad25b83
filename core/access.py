"""Who may do and see what: one door (DOMAIN §3.7). What it goes by stands in `permissions`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.agencies import Role, Seat, Staff
from core.errors import CaseworkError
from core.ids import CaseId, StaffId
from core.permissions import MATRIX, REACH, Action, Grant, Hold, Manner, holders
from core.programmes import Programme

__all__ = [
    "Action",
    "Hold",
    "ItemSeat",
    "Manner",
    "NotActive",
    "NotYours",
    "OwnLetter",
    "Pass",
    "may",
    "require",
]


class NotYours(CaseworkError):
    """This member of staff may not do that here.

    Facts: `action`, `allowed` (the roles that may, as codes).
    """

    rule = "DOMAIN-3.7"


class NotActive(CaseworkError):
    """The account is no longer in service."""

    rule = "DOMAIN-3.7"


class OwnLetter(CaseworkError):
    """Whoever wrote a letter does not approve it."""

    rule = "G-06"


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemSeat:
    """Who may be there, in which role, for one item of a meeting: ○ on the item in §3.7.

    Attributes:
        item_id: the agenda item; `case_id` is the case that it is about.
    """

    item_id: str
    case_id: CaseId
    staff_id: StaffId
    role: Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """The door was opened.

    Attributes:
        role: the one in which the actor acts.
        manner: how far that goes; a caller that offers the whole must look at it.
        hold: what opened it.
    """

    role: Role
    manner: Manner = Manner.FULL
    hold: Hold = Hold.AT_LARGE


def require(
    staff: Staff,
    action: Action,
    *,
    case_id: CaseId | None = None,
    seats: Iterable[Seat] = (),
    item_id: str | None = None,
    item_seats: Iterable[ItemSeat] = (),
    programme: Programme | None = None,
) -> Pass:
    """Open the door or refuse. Of several ways in, the one that reaches furthest is taken.

    Args:
        seats: the seats of this case (or of this member of staff); others are ignored.
        item_id: the agenda item asked about.
        item_seats: who is allowed at the case's items; those of other items are ignored.
        programme: whose plan it is, for DRAFT_PLAN.

    Raises:
        NotActive: the account is no longer in service.
        NotYours: neither a role at large nor a seat on the case or item allows it.
    """
    if not staff.active:
        raise NotActive(action=action.value)
    line = MATRIX[action]
    ways = [
        Pass(role=role, manner=line[role].manner, hold=hold)
        for role, hold in (
            *((role, Hold.AT_LARGE) for role in staff.roles),
            *((role, Hold.ON_CASE) for role in _seated(staff, case_id, seats)),
            *((role, Hold.ON_ITEM) for role in _at_item(staff, case_id, item_id, item_seats)),
        )
        if role is not Role.SYSTEM and role in line and _opens(line[role], hold, programme)
    ]
    if not ways:
        allowed = ",".join(sorted(holders(action) - {Role.SYSTEM}))
        raise NotYours(action=action.value, allowed=allowed)
    return min(ways, key=lambda way: (REACH[way.manner], way.hold is not Hold.AT_LARGE, way.role))


def may(
    staff: Staff,
    action: Action,
    *,
    case_id: CaseId | None = None,
    seats: Iterable[Seat] = (),
    item_id: str | None = None,
    item_seats: Iterable[ItemSeat] = (),
    programme: Programme | None = None,
) -> bool:
    """Whether the door would open."""
    try:
        require(
            staff,
            action,
            case_id=case_id,
            seats=seats,
            item_id=item_id,
            item_seats=item_seats,
            programme=programme,
        )
    except (NotYours, NotActive):
        return False
    return True


def _seated(staff: Staff, case_id: CaseId | None, seats: Iterable[Seat]) -> Iterator[Role]:
    if case_id is not None:
        for seat in seats:
            if (seat.staff_id, seat.case_id) == (staff.id, case_id):
                yield seat.role


def _at_item(
    staff: Staff, case_id: CaseId | None, item_id: str | None, places: Iterable[ItemSeat]
) -> Iterator[Role]:
    if case_id is not None and item_id is not None:
        for place in places:
            if (place.staff_id, place.case_id, place.item_id) == (staff.id, case_id, item_id):
                yield place.role


def _opens(grant: Grant, hold: Hold, programme: Programme | None) -> bool:
    return grant.hold is hold and grant.programme in (None, programme)
