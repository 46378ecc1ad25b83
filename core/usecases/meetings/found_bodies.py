"""Set up the bodies that a town's profile names."""

from dataclasses import replace
from datetime import datetime

from core.audit import AuditEvent
from core.meetings.bodies import MeetingBody
from core.municipal_profiles.bodies import body_id_of, meeting_body
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork

OPERATOR = "operator"


async def found_bodies(
    uow: UnitOfWork, *, profile: MunicipalProfile, at: datetime
) -> tuple[MeetingBody, ...]:
    """Create or bring up to date every body of the profile; twice is the same as once.

    Names, titles, seats and rules are the profile's; members and the versions of the list belong
    to the record and stay. A body that the profile no longer names stays as well.

    Returns:
        The bodies of the profile, in its order.
    """
    async with uow.write() as work:
        there = {body.id: body for body in await work.bodies.all()}
        founded, told = [], []
        for body in profile.bodies:
            fresh = meeting_body(
                body,
                id=body_id_of(profile, body.code),
                municipality_id=work.municipality_id,
                pledge_text=profile.pledge,
            )
            was = there.get(fresh.id)
            if was is None:
                await work.bodies.add(fresh)
                told.append(_event(fresh, at=at, action="meeting_body.founded"))
                founded.append(fresh)
                continue
            kept = replace(fresh, rosters=was.rosters, members=was.members, version=was.version)
            if kept != was:
                await work.bodies.change(kept)
                kept = replace(kept, version=was.version + 1)
                told.append(_event(kept, at=at, action="meeting_body.renamed"))
            founded.append(kept)
        if told:
            await work.audit.append(*told)
            await work.commit()
        return tuple(founded)


def _event(body: MeetingBody, *, at: datetime, action: str) -> AuditEvent:
    return AuditEvent(
        action=action,
        at=at,
        actor=OPERATOR,
        role=OPERATOR,
        subject=body.id,
        now=body.basis.value,
        evidence=(f"name={body.name}",),
    )
