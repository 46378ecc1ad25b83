"""Something comes in from a phone, as the inbound side records it."""

from core.arrivals import pressed, said
from core.inbound import LineEvent, Pressed, Said, Unfollowed
from core.linking import Arrival, account, unfollowed
from core.person_acts import Door, case_of
from core.ports import UnitOfWork
from core.replies import ReplyKind
from tests.bots.slack.office import Office, PlainPress
from tests.people import LINK_A, TOKYO

WORDS_FROM_A = "ありがとう。雨の音を聞いていました"
STRANGER = "U" + "5" * 32


async def arrives(
    office: Office,
    uow: UnitOfWork,
    meaning: Said | Pressed | Unfollowed,
    *,
    user_id: str = LINK_A.line_user_id,
) -> None:
    """Record it, in one transaction, as `receive_event` does."""
    at = office.clock.now()
    event = LineEvent(event_key="e", occurred_at=at, line_user_id=user_id, meaning=meaning)
    async with uow.write() as work:
        link = await account(work, event)
        assert link is not None
        arriving = Arrival(
            work=work,
            event=event,
            door=Door.LINE,
            trace=f"line_event={event.event_key}",
            occurred_at=at,
            received_at=at,
            tz=TOKYO,
            press=PlainPress(),
            link=link,
            case=None if link.person_id is None else await case_of(work, link.person_id),
        )
        if isinstance(meaning, Said):
            await said(arriving, meaning)
        elif isinstance(meaning, Pressed):
            await pressed(arriving, meaning.press)
        else:
            await unfollowed(arriving)
        await work.commit()


def words(message_id: str, text: str = WORDS_FROM_A) -> Said:
    """A text message."""
    return Said(kind=ReplyKind.TEXT, text=text, message_id=message_id)
