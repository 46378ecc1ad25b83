"""Who may do and see what: one door (DOMAIN §3.7)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.agencies import Role, Seat, Staff
from core.errors import CaseworkError
from core.ids import CaseId


class Action(enum.StrEnum):
    """What can be asked for at the door."""

    READ_CASE = "read_case"
    LOG_CONTACT = "log_contact"
    WRITE_LETTER = "write_letter"
    APPROVE_LETTER = "approve_letter"
    STOP_LETTER = "stop_letter"
    ISSUE_LINK_CODE = "issue_link_code"
    READ_RECEPTION = "read_reception"
    READ_AUDIT = "read_audit"


R = Role
# Held at large: the role alone opens the door.
_AT_LARGE: Final[dict[Action, frozenset[Role]]] = {
    Action.LOG_CONTACT: frozenset(
        {R.OUTREACH_WORKER, R.PARTICIPATION_WORKER, R.INTAKE_WORKER, R.COORDINATOR}
        | {R.MUNICIPAL_OFFICER}
    ),
    Action.READ_RECEPTION: frozenset({R.INTAKE_WORKER, R.COORDINATOR}),
    Action.READ_AUDIT: frozenset({R.PRIVACY_OFFICER, R.AUDITOR}),
}
# Held on a case: the role has to be assigned there.
_ON_CASE: Final[dict[Action, frozenset[Role]]] = {
    Action.READ_CASE: frozenset(
        {R.OUTREACH_WORKER, R.CASE_LEAD, R.COORDINATOR, R.MESSAGE_APPROVER, R.MUNICIPAL_OFFICER}
    ),
    Action.WRITE_LETTER: frozenset({R.OUTREACH_WORKER, R.CASE_LEAD, R.COORDINATOR}),
    Action.APPROVE_LETTER: frozenset({R.MESSAGE_APPROVER}),
    Action.STOP_LETTER: frozenset(
        {R.OUTREACH_WORKER, R.CASE_LEAD, R.COORDINATOR, R.MESSAGE_APPROVER}
    ),
    Action.ISSUE_LINK_CODE: frozenset({R.OUTREACH_WORKER, R.CASE_LEAD, R.COORDINATOR}),
    Action.LOG_CONTACT: frozenset({R.MESSAGE_APPROVER, R.MEMBER}),
}


class NotYours(CaseworkError):
    """This member of staff may not do that here. Facts: `action`."""

    rule = "DOMAIN-3.7"


class NotActive(CaseworkError):
    """The account is no longer in service."""

    rule = "DOMAIN-3.7"


class OwnLetter(CaseworkError):
    """Whoever wrote a letter does not approve it."""

    rule = "G-06"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """The door was opened; `role` is the one in which the actor acts."""

    role: Role


def require(
    staff: Staff, action: Action, *, case_id: CaseId | None = None, seats: Iterable[Seat] = ()
) -> Pass:
    """Open the door or refuse.

    Args:
        seats: the seats of this case (or of this member of staff); others are ignored.

    Raises:
        NotActive: the account is no longer in service.
        NotYours: neither a role at large nor a seat on the case allows it.
    """
    if not staff.active:
        raise NotActive(action=action.value)
    at_large = _AT_LARGE.get(action, frozenset()) & staff.roles
    if at_large:
        return Pass(role=min(at_large))
    on_case = {
        seat.role for seat in seats if seat.staff_id == staff.id and seat.case_id == case_id
    } & _ON_CASE.get(action, frozenset())
    if on_case:
        return Pass(role=min(on_case))
    raise NotYours(action=action.value)


def may(
    staff: Staff, action: Action, *, case_id: CaseId | None = None, seats: Iterable[Seat] = ()
) -> bool:
    """Whether the door would open."""
    try:
        require(staff, action, case_id=case_id, seats=seats)
    except (NotYours, NotActive):
        return False
    return True
