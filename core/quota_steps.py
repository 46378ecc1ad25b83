"""What follows from LINE's quota, inside an open transaction."""

from datetime import datetime
from typing import Final

from core.agencies import Role, Staff
from core.audit import SYSTEM, AuditEvent
from core.outbox import CHANNEL_REST, CardKind, ChannelClosed
from core.ports import Work
from core.profiles import ChannelRest
from core.quota import QuotaSeen, month_ends, month_of

QUOTA: Final = "QUOTA"
LOOK_AFTER_LINE: Final = frozenset({Role.COORDINATOR, Role.MUNICIPAL_OFFICER})
"""Who is told when LINE takes nothing any more, and sees how a month stands."""


def rests_for_quota(rest: ChannelRest | None, *, at: datetime) -> bool:
    """Whether nothing but replies is sent now."""
    return rest is not None and rest.cause == QUOTA and rest.until > at


async def rest_channel(work: Work, closed: ChannelClosed, *, at: datetime) -> None:
    """Nothing can be sent: rest, and tell those who can mend it, once a day; of a used-up quota
    once a month, since it ends with the month (UTC+9)."""
    full = closed.cause == QUOTA
    until = month_ends(at) if full else at + CHANNEL_REST
    already = full and rests_for_quota(await work.towns.channel_rest(), at=at)
    if already:
        return
    await work.towns.rest_channel(
        ChannelRest(cause=closed.cause, detail=closed.detail, until=until)
    )
    await work.audit.append(_event(work, "channel.rests", closed.cause, at=at))
    told = [one.id for one in await work.staff.active() if looks_after(one)]
    when = month_of(at) if full else at.date().isoformat()
    await work.cards.touch(CardKind.CHANNEL, f"{closed.cause}:{when}", told, at=at)
    await work.cards.redraw(told, at=at)


async def wake_channel(work: Work, *, at: datetime) -> None:
    """The plan was widened, or LINE counted less: on we go, without waiting for the month."""
    await work.towns.rest_channel(None)
    await work.audit.append(_event(work, "channel.wakes", QUOTA, at=at))


async def quota_for(work: Work, staff: Staff, *, at: datetime) -> QuotaSeen | None:
    """How the month stands, for those who look after it; None for others, and while LINE has not
    said."""
    return await quota_now(work, at=at) if looks_after(staff) else None


async def quota_now(work: Work, *, at: datetime) -> QuotaSeen | None:
    """How the month stands; None while LINE has not said."""
    state = await work.quotas.get()
    if state is None:
        return None
    return QuotaSeen(
        most=state.most,
        used=state.used_at(at),
        reserved=await work.outbox.reserved(before=month_ends(at)),
        rests=rests_for_quota(await work.towns.channel_rest(), at=at),
    )


def looks_after(staff: Staff) -> bool:
    """Whether LINE's quota is this colleague's concern."""
    return bool(staff.roles & LOOK_AFTER_LINE)


def _event(work: Work, action: str, reason: str, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=action,
        at=at,
        actor=SYSTEM,
        role=Role.SYSTEM,
        subject=work.municipality_id,
        reason=reason,
    )
