"""Put a PIN on one's own page, or take it off (G-12)."""

import asyncio
from datetime import datetime

from core.audit import PERSON, AuditEvent
from core.page_steps import PageKey, come_in
from core.person_pages import PagePin, pin_secret, require_pin_fit
from core.ports import UnitOfWork


async def lock_page(uow: UnitOfWork, key: PageKey, *, pin: str, at: datetime) -> str:
    """From now on the page asks for this PIN; "" takes it off.

    Returns:
        What this browser carries so that it need not ask here (`PagePin.mark`); "" without one.

    Raises:
        PinUnfit. NotFound: the link opens nothing. PinNeeded: the present PIN comes first.
    """
    digits = require_pin_fit(pin) if pin.strip() else ""
    async with uow.read() as work:
        visit = await come_in(work, key, at=at)
        salt = work.new_token()
    secret = await asyncio.to_thread(pin_secret, digits, salt=salt) if digits else ""
    async with uow.write() as work:
        visit = await come_in(work, key, at=at)
        mark = ""
        if secret:
            made = PagePin(
                person_id=visit.person.id,
                municipality_id=work.municipality_id,
                secret=secret,
                set_at=at,
            )
            await work.pages.set_pin(made)
            mark = made.mark
        elif not await work.pages.take_pin_off(visit.person.id):
            return ""
        await work.audit.append(
            AuditEvent(
                action="page.pin_set" if secret else "page.pin_taken_off",
                at=at,
                actor=PERSON,
                role=PERSON,
                subject=visit.person.id,
                evidence=(f"page_link={visit.link.id}",),
            )
        )
        await work.commit()
        return mark
