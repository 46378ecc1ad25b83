"""What the trail tells of a case's way: moves of its courses, and whether it has a plan."""

from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from core.audit import AuditEntry
from core.days import local_day
from core.ids import CaseId
from core.programmes import Programme

MOVED: Final = "case.moved"
# What a town file tells of the time before the product (see `core.usecases.town.carry_over`).
CARRIED: Final = "case.carried_over"
PLAN_LESS: Final = "case.plan_less"
PLANNED: Final = "case.planned"
ACTIONS: Final = (MOVED, CARRIED, PLAN_LESS, PLANNED)
_ROWS: Final = (
    ("PT", Programme.PARTICIPATION),
    ("MK", Programme.MULTI_AGENCY),
    ("O", Programme.OUTREACH),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One step of a case as the trail has it, on its local day.

    Attributes:
        programme: whose course moved; None where all of them end at once, or where it is about
            the plan that the case has or has not.
    """

    case_id: CaseId
    on: date
    row: str
    programme: Programme | None = None
    was: str = ""
    now: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseNow:
    """Where a course stands at present, and why it was closed, if it was."""

    case_id: CaseId
    programme: Programme
    state: str
    closing: str = ""


def move_of(entry: AuditEntry, *, tz: tzinfo) -> Move | None:
    """What an entry of the trail tells of a case's way; None where it tells nothing of it.

    The day is the one that the entry names (`on=`, such as the day of a death), or its own.
    """
    event = entry.event
    if event.case_id is None or event.action not in ACTIONS:
        return None
    said = dict(part.split("=", 1) for part in event.evidence if "=" in part)
    on = date.fromisoformat(said["on"]) if "on" in said else local_day(event.at, tz=tz)
    row = said.get("row", "")
    programme: Programme | None = None
    if event.action == MOVED:
        programme = next((of for mark, of in _ROWS if row.startswith(mark)), None)
        if row == "O8" or (programme is None and row != "END"):
            return None
    elif event.action == CARRIED:
        row, programme = CARRIED, Programme(said["course"])
    else:
        row = event.action
    return Move(
        case_id=event.case_id,
        on=on,
        row=row,
        programme=programme,
        was=event.was,
        now=event.now,
        reason=event.reason if row == "END" else "",
    )
