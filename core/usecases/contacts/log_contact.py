"""Log a contact (接触を記録)."""

from datetime import date, datetime, tzinfo

from core.access import Action, require
from core.agencies import Role
from core.audit import AuditEvent
from core.contacts import Contact, ContactChannel, ContactDetail, Met, require_fit
from core.course_echoes import sign_came
from core.days import local_day
from core.errors import CaseworkError
from core.ids import CaseId, ContactId, StaffId
from core.interruption import is_sign
from core.ports import UnitOfWork
from core.steps import note_fact_at_home, refresh_desks, watchers


class ContactInFuture(CaseworkError):
    """What has not happened yet is not logged as a contact."""

    rule = "DOMAIN-2.7"


async def log_contact(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    channel: ContactChannel,
    met: Met,
    happened_at: datetime,
    at: datetime,
    tz: tzinfo,
    note: str = "",
    next_on: date | None = None,
    detail: ContactDetail | None = None,
    command_key: str | None = None,
) -> bool:
    """Enter a contact; approved letters to the household are held to be read again (S5, G-27).

    While an interruption is thought over, a person met or heard leads back at once (O15).

    Returns:
        False when the same command was entered before.

    Raises:
        NotYours: no right to log here. ContactInFuture. ContactUnfit.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(case_id)
        role = require(staff, Action.LOG_CONTACT, case_id=case_id, seats=seats).role
        if happened_at > at:
            raise ContactInFuture()
        contact = Contact(
            id=ContactId(work.new_id()),
            municipality_id=work.municipality_id,
            case_id=case_id,
            at=happened_at,
            channel=channel,
            met=met,
            by=by,
            note=note.strip(),
            next_on=next_on,
            command_key=command_key,
            detail=None if detail == ContactDetail() else detail,
        )
        require_fit(contact)
        if not await work.contacts.add(contact):
            return False
        await work.audit.append(_logged(contact, by=by, role=role, at=at))
        if is_sign(contact):
            today = local_day(at, tz=tz)
            await sign_came(work, case_id, sign=contact.id, at=at, today=today)
        await note_fact_at_home(work, case_id, at=at)
        await work.cards.redraw((case_id,), at=at)
        await refresh_desks(work, watchers(case, seats), at=at)
        await work.commit()
        return True


def _logged(contact: Contact, *, by: StaffId, role: Role, at: datetime) -> AuditEvent:
    return AuditEvent(
        action="contact.logged",
        at=at,
        actor=by,
        role=role.value,
        subject=contact.id,
        case_id=contact.case_id,
        now=contact.channel.value,
        evidence=(f"met={contact.met.value}",),
    )
