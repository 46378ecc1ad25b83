"""Who is called, and in which order (DOMAIN §8.3).

In the hours in which people read, the case's own workers come first; at other hours whoever
stands on the shift. Behind them come the roster of duty, the town's officers, and at last
everybody else who knows the case: a call never ends with nobody.
"""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from core.agencies import Role, Staff
from core.ids import StaffId


class CalledAs(enum.StrEnum):
    """As what somebody is called."""

    WORKER = "WORKER"
    SHIFT = "SHIFT"
    ROSTER = "ROSTER"
    RECEPTION = "RECEPTION"
    OFFICER = "OFFICER"
    COORDINATOR = "COORDINATOR"


@dataclass(frozen=True, kw_only=True, slots=True)
class Callee:
    """Somebody who may be called now."""

    staff_id: StaffId
    called_as: CalledAs


_C = CalledAs
STAFFED: Final = (_C.WORKER, _C.RECEPTION, _C.SHIFT, _C.ROSTER, _C.COORDINATOR, _C.OFFICER)
UNSTAFFED: Final = (_C.SHIFT, _C.ROSTER, _C.OFFICER, _C.COORDINATOR, _C.WORKER, _C.RECEPTION)


def in_order(
    staff: Iterable[Staff],
    *,
    staffed: bool,
    workers: Iterable[StaffId],
    on_shift: Iterable[StaffId],
    stranger: bool = False,
    closed_to: Collection[StaffId] = (),
) -> tuple[Callee, ...]:
    """Everybody who may be called now, each once, first to last.

    Args:
        staff: those in service; who has no Slack account cannot be rung there.
        staffed: whether it is within the hours in which people read.
        workers: of the case, the lead first.
        on_shift: at this moment, by their places.
        stranger: whoever wrote belongs to no case; then reception stands for its workers.
        closed_to: for whom a mark closes the case (R-015).
    """
    reached = {
        one.id: one
        for one in staff
        if one.active and one.slack_user_id is not None and one.id not in closed_to
    }
    groups: dict[CalledAs, list[StaffId]] = {
        _C.WORKER: list(workers),
        _C.SHIFT: list(on_shift),
        _C.ROSTER: [one.id for one in reached.values() if one.on_call],
        _C.RECEPTION: _holding(reached, Role.INTAKE_WORKER) if stranger else [],
        _C.OFFICER: _holding(reached, Role.MUNICIPAL_OFFICER),
        _C.COORDINATOR: _holding(reached, Role.COORDINATOR),
    }
    found: dict[StaffId, Callee] = {}
    for called_as in STAFFED if staffed else UNSTAFFED:
        for staff_id in groups[called_as]:
            if staff_id in reached and staff_id not in found:
                found[staff_id] = Callee(staff_id=staff_id, called_as=called_as)
    return tuple(found.values())


def _holding(staff: dict[StaffId, Staff], role: Role) -> list[StaffId]:
    return [one.id for one in staff.values() if role in one.roles]
