"""A colleague looks after somebody's own page: ends its links, or settles its PIN (G-12)."""

import asyncio
import enum
from datetime import datetime

from core.access import Action, require
from core.audit import AuditEvent
from core.ids import CaseId, StaffId
from core.page_ways import close_ways
from core.person_pages import PagePin, pin_secret, require_pin_fit
from core.ports import UnitOfWork, Work


class PageCare(enum.StrEnum):
    """What is done."""

    CLOSE = "CLOSE"
    SET_PIN = "SET_PIN"
    TAKE_PIN_OFF = "TAKE_PIN_OFF"


_AS: dict[PageCare, str] = {
    PageCare.CLOSE: "page.closed",
    PageCare.SET_PIN: "page.pin_set",
    PageCare.TAKE_PIN_OFF: "page.pin_taken_off",
}


async def guard_page(
    uow: UnitOfWork, *, case_id: CaseId, care: PageCare, by: StaffId, at: datetime, pin: str = ""
) -> int:
    """How many links or PINs it was about; 0 where there was none.

    CLOSE: every link opens nothing from now on, as after a phone was lost; おたより in LINE brings
    a new one. A PIN is set in the place of an earlier one, whose wrong tries are forgotten.

    Args:
        pin: for SET_PIN; the person is told it by the colleague, and it is kept nowhere.

    Raises:
        PinUnfit. NotFound, NotActive, NotYours: no right on this case. Overtaken.
    """
    setting = care is PageCare.SET_PIN
    digits = require_pin_fit(pin) if setting else ""
    async with uow.read() as work:
        salt = work.new_token()
    secret = await asyncio.to_thread(pin_secret, digits, salt=salt) if setting else ""
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(case_id)
        role = require(staff, Action.ISSUE_LINK_CODE, case_id=case_id, seats=seats).role
        pinned = PagePin(
            person_id=case.person_id,
            municipality_id=work.municipality_id,
            secret=secret,
            set_at=at,
            set_by=by,
        )
        done = await _do(work, care, pinned, at=at)
        if done:
            await work.audit.append(
                AuditEvent(
                    action=_AS[care],
                    at=at,
                    actor=by,
                    role=role.value,
                    subject=case.person_id,
                    case_id=case_id,
                )
            )
        await work.commit()
        return done


async def _do(work: Work, care: PageCare, pin: PagePin, *, at: datetime) -> int:
    match care:
        case PageCare.CLOSE:
            return await close_ways(work, pin.person_id, at=at)
        case PageCare.SET_PIN:
            await work.pages.set_pin(pin)
            return 1
        case PageCare.TAKE_PIN_OFF:
            return int(await work.pages.take_pin_off(pin.person_id))
