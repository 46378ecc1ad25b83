"""Understand one kept event and do what it asks, in one transaction."""

from datetime import date, datetime, tzinfo

from core.arrivals import pressed, said
from core.inbound import (
    Followed,
    KeptEvent,
    NotUnderstood,
    Pressed,
    Said,
    Unfollowed,
    Unsent,
)
from core.linking import Arrival, account, followed, unfollowed
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ERASES, ReadingHours, Unsend
from core.person_acts import Door, case_of
from core.ports import EventReader, LetterPress, UnitOfWork
from core.unsending import erase_if_taken_back, unsend_message


async def receive_event(
    uow: UnitOfWork,
    kept: KeptEvent,
    *,
    reader: EventReader,
    press: LetterPress,
    at: datetime,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
    unsend: Unsend = ERASES,
) -> bool:
    """Take in one event; False when another loop was faster.

    What is not understood goes to the visible tray and is lost nowhere; only what was taken back
    before it came is erased as soon as it is there.

    Args:
        hours: when the town reads what comes in; with it goes by when a person answers (G-15).
        closed_days: public holidays.
        unsend: what becomes of a message that is taken back.
    """
    event = reader.read(kept.raw)
    async with uow.write() as work:
        if isinstance(event.meaning, NotUnderstood):
            mine = await work.inbox.to_tray(kept.id, kind=event.meaning.kind, at=at)
            await erase_if_taken_back(work, kept.message_id, unsend=unsend, at=at)
            await work.commit()
            return mine
        kind = type(event.meaning).__name__.lower()
        if not await work.inbox.understood(kept.id, kind=kind, at=at):
            return False
        link = await account(work, event)
        person_id = None if link is None else link.person_id
        arriving = Arrival(
            work=work,
            event=event,
            door=Door.LINE,
            trace=f"line_event={event.event_key}",
            occurred_at=event.occurred_at or kept.received_at,
            received_at=at,
            tz=tz,
            press=press,
            link=link,
            case=None if person_id is None else await case_of(work, person_id),
            kept_id=kept.id,
            hours=hours,
            closed_days=closed_days,
            unsend=unsend,
        )
        await _take_in(arriving)
        await erase_if_taken_back(work, kept.message_id, unsend=unsend, at=at)
        await work.commit()
        return True


async def _take_in(a: Arrival) -> None:
    match a.event.meaning:
        case Unsent(message_id=message_id):
            await unsend_message(a, message_id)
        case _ if a.link is None:
            # LINE names no sender where the person never agreed to it.
            if a.kept_id is not None:
                await a.work.inbox.set_aside(a.kept_id, kind="no_sender")
        case Said() as meaning:
            await said(a, meaning)
        case Pressed(press=press):
            await pressed(a, press)
        case Followed() as meaning:
            await followed(a, meaning)
        case Unfollowed():
            await unfollowed(a)
