"""引き継ぎ: a change of staff keeps the history and is warm (R-083, S0 第4-6)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from core.agencies import Role
from core.audit import AuditEvent
from core.cases import Case
from core.errors import CaseworkError
from core.ids import StaffId


class HandOverCold(CaseworkError):
    """A person is not passed on like a file: the successor reads, meets, and is announced.

    Facts: `missing`, `allowed`.
    """

    rule = "R-083"


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOver:
    """How a case passes from one colleague to another.

    Attributes:
        history_read_on: the successor read the case's history.
        met_together_on: both met the person, or visited together; else say why not.
        announced: how the person learnt of it; where nobody has met them yet, why not.
    """

    successor: StaffId
    history_read_on: date | None = None
    met_together_on: date | None = None
    not_met_because: str = ""
    announced: str = ""


def hand_over(
    case: Case, *, handover: HandOver, by: StaffId, role: Role, at: datetime
) -> tuple[Case, AuditEvent]:
    """The same case, with all its history, in other hands.

    Raises:
        HandOverCold: facts `missing`, `allowed`.
    """
    warm = (
        ("history_read_on", handover.history_read_on is not None),
        (
            "met_together_on",
            handover.met_together_on is not None or bool(handover.not_met_because.strip()),
        ),
        ("announced", bool(handover.announced.strip())),
    )
    missing = [name for name, there in warm if not there]
    if missing:
        raise HandOverCold(missing=", ".join(missing), allowed="do these, or say why not")
    event = AuditEvent(
        action="case.handed_over",
        at=at,
        actor=by,
        role=role.value,
        subject=case.id,
        case_id=case.id,
        was=case.lead_staff_id or "",
        now=handover.successor,
        reason="met together" if handover.met_together_on else "not met together, reason noted",
    )
    return replace(case, lead_staff_id=handover.successor), event
