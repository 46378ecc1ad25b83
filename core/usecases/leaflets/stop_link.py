"""Stop the link of one letter: from now on it opens nothing."""

from dataclasses import replace
from datetime import datetime

from core.access import Action, require
from core.audit import AuditEvent
from core.errors import NotFound
from core.ids import LetterId, StaffId
from core.leaflet_links import LeafletLink
from core.ports import UnitOfWork
from core.steps import Overtaken


async def stop_link(
    uow: UnitOfWork, *, letter_id: LetterId, by: StaffId, at: datetime
) -> LeafletLink:
    """The link in this letter is stopped; stopping it again changes nothing.

    Raises:
        NotFound: the letter carries no leaflet. NotActive, NotYours: neither works on the case
        nor approves there. Overtaken.
    """
    async with uow.write() as work:
        letter = await work.letters.get(letter_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(letter.case_id)
        role = require(staff, Action.STOP_LETTER, case_id=letter.case_id, seats=seats).role
        link = await work.leaflets.link_of(letter_id)
        if link is None:
            raise NotFound(what="leaflet link", id=letter_id)
        if link.revoked_at is not None:
            return link
        stopped = replace(link, revoked_at=at, version=link.version + 1)
        if not await work.leaflets.change_link(stopped, version=link.version):
            raise Overtaken(what="leaflet link")
        await work.audit.append(
            AuditEvent(
                action="leaflet.link_stopped",
                at=at,
                actor=by,
                role=role.value,
                subject=letter_id,
                case_id=letter.case_id,
                evidence=(f"leaflet={link.leaflet_id}",),
            )
        )
        await work.commit()
        return stopped
