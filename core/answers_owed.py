"""Whether a person has been answered (G-15), read from the record inside an open transaction."""

from typing import Final

from core.contacts import Contact, ContactChannel, Direction, WithWhom
from core.letters import LetterKind, LetterState
from core.ports import Work
from core.replies import Reply, ReplyKind, ReplyState

_ON_ITS_WAY: Final = frozenset({LetterState.SCHEDULED, LetterState.SENT})
# By which a colleague reaches the person; LINE goes by letters, and talk with others is none.
_TO_THE_PERSON: Final = frozenset(
    {
        ContactChannel.PHONE,
        ContactChannel.VISIT,
        ContactChannel.LETTER,
        ContactChannel.MAIL,
        ContactChannel.CHAT,
        ContactChannel.ACCOMPANY,
        ContactChannel.OFFICE,
    }
)


async def is_answered(work: Work, reply: Reply) -> bool:
    """Whether somebody has answered, in whatever way; a sticker asks for no more than a look.

    An answer is what a colleague wrote in the conversation, a letter of that kind that is on its
    way or was sent, or any entry of the contact log by which a colleague turned to the person,
    since the reply came.
    """
    if reply.state is ReplyState.READ and reply.kind is ReplyKind.STICKER:
        return True
    if await work.answers.of_case(reply.case_id, since=reply.received_at, limit=1):
        return True
    letters = await work.letters.of_case(reply.case_id)
    if any(
        letter.kind is LetterKind.REPLY
        and letter.state in _ON_ITS_WAY
        and letter.created_at >= reply.received_at
        for letter in letters
    ):
        return True
    since = await work.contacts.since(reply.case_id, since=reply.received_at)
    return any(map(_turned_to_the_person, since))


def _turned_to_the_person(contact: Contact) -> bool:
    detail = contact.detail
    came_to_us = detail is not None and detail.direction is Direction.TO_US
    ours = contact.with_whom in (None, WithWhom.SELF) and not came_to_us
    return ours and contact.by is not None and contact.channel in _TO_THE_PERSON
