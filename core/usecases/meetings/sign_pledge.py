"""Record a signed pledge of secrecy (R-041, R-080, R-081)."""

from collections.abc import Iterable
from datetime import datetime

from core.audit import AuditEvent
from core.ids import StaffId
from core.meeting_steps import BODY_OFFICE, role_here
from core.meetings.bodies import MeetingBody
from core.meetings.ids import BodyId, ParticipantId
from core.meetings.pledge_text import PledgeText, PledgeTextIncomplete, words_of
from core.meetings.pledges import Pledge
from core.ports import UnitOfWork


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
    """The participant has signed the town's text as it is worded now.

    The words, penalty included, are the profile's, kept with the bodies: law text is
    configuration (DOMAIN §9).

    Args:
        signed_at: when it was signed; None is now.
        body_id: for one body; None holds for every body of the town.

    Raises:
        RoleNeeded. NotFound. PledgeTextIncomplete: the town has not worded it, or left out
            what is secret or what a leak costs (R-081).
    """
    async with uow.write() as work:
        role = await role_here(work, (), by=by, allowed=BODY_OFFICE)
        participant = await work.bodies.participant(participant_id)
        text = _text(await work.bodies.all(), body_id)
        words_of(text)
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


def _text(bodies: Iterable[MeetingBody], body_id: BodyId | None) -> PledgeText:
    for body in bodies:
        if body.pledge_text is not None and body_id in (None, body.id):
            return body.pledge_text
    raise PledgeTextIncomplete(lacks="text", allowed="complete_pledge_text")
