"""Write a つなぐシート (R-014)."""

from datetime import datetime, tzinfo

from core.audit import AuditEvent
from core.cases import Urgency
from core.connect_sheets import ConnectSheet, ConnectStep, SheetWords
from core.connection_steps import OnCase, agency_of, connection_event, known_agency, on_case
from core.days import local_day
from core.ids import AgencyId, CaseId, ConnectSheetId, StaffId
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers


async def write_sheet(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    to_agency_id: AgencyId,
    step: ConnectStep,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    words: SheetWords,
    to_contact: str = "",
    from_contact: str = "",
    consents: bool = False,
    urgency: Urgency = Urgency.NORMAL,
    companion_id: StaffId | None = None,
) -> ConnectSheet:
    """A sheet that has not gone out yet.

    Args:
        consents: the person agrees to what is passed on.
        companion_id: who goes along at step ③.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. AgencyUnknown.
    """
    async with uow.write() as work:
        hand = await on_case(work, case_id, by=by)
        if companion_id is not None:
            await work.staff.get(companion_id)
        sheet = ConnectSheet(
            id=ConnectSheetId(work.new_id()),
            municipality_id=work.municipality_id,
            written_on=local_day(at, tz=tz),
            from_agency_id=agency_of(hand.staff),
            from_staff_id=by,
            to_agency_id=await known_agency(work, to_agency_id),
            step=step,
            to_contact=to_contact.strip(),
            from_contact=from_contact.strip() or hand.staff.name,
            case_id=case_id,
            consents=consents,
            came_for=words.came_for.strip(),
            noticed=words.noticed,
            done=words.done.strip(),
            hoped_for=words.hoped_for.strip(),
            urgency=urgency,
            companion_id=companion_id,
        )
        await work.referrals.add_sheet(sheet)
        told = (f"step={step.value}", f"noticed={len(words.noticed)}")
        await work.audit.append(_written(sheet, hand, at=at, evidence=told))
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return sheet


def _written(
    sheet: ConnectSheet, hand: OnCase, *, at: datetime, evidence: tuple[str, ...]
) -> AuditEvent:
    return connection_event(
        "connect_sheet.written",
        subject=sheet.id,
        by=hand.staff.id,
        role=hand.role,
        at=at,
        case_id=hand.case.id,
        evidence=evidence,
    )
