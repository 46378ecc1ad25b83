"""Record a signed pledge of secrecy (R-041, R-080, R-081)."""

from datetime import datetime
from typing import Final

from core.audit import AuditEvent
from core.ids import StaffId
from core.meeting_steps import BODY_OFFICE, role_here
from core.meetings.ids import BodyId, ParticipantId
from core.meetings.pledges import Pledge, PledgeTextIncomplete
from core.ports import UnitOfWork

PLEDGE_TEXT: Final = "pledge"


async def sign_pledge(
    uow: UnitOfWork,
    *,
    participant_id: ParticipantId,
    by: StaffId,
    at: datetime,
    signed_at: datetime | None = None,
    body_id: BodyId | None = None,
    until: datetime | None = None,
) -> Pledge:
    """The participant has signed the town's text, as it is approved now.

    The words, penalty included, are the town's standing text `pledge`: law text is
    configuration (DOMAIN §9).

    Args:
        signed_at: when it was signed; None is now.
        body_id: for one body; None holds for every body of the town.

    Raises:
        RoleNeeded. NotFound. PledgeTextIncomplete: the town has no such text yet (R-081).
    """
    async with uow.write() as work:
        role = await role_here(work, (), by=by, allowed=BODY_OFFICE)
        participant = await work.bodies.participant(participant_id)
        text = await work.towns.standing_text(PLEDGE_TEXT)
        if text is None:
            raise PledgeTextIncomplete(lacks="text", allowed="complete_pledge_text")
        pledge = Pledge(
            participant_id=participant.id,
            text_version=text.version,
            signed_at=min(signed_at or at, at),
            body_id=body_id,
            until=until,
        )
        await work.bodies.add_pledge(pledge)
        await work.audit.append(
            AuditEvent(
                action="participant.pledged",
                at=at,
                actor=by,
                role=role.value,
                subject=participant.id,
                evidence=(f"text={text.version}",),
            )
        )
        await work.commit()
        return pledge
