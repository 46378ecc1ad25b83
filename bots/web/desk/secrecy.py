"""守秘の説明 and 誓約: the same two forms on the town's desk and on a case's (R-041, R-081)."""

from collections.abc import Iterable

from bots.web.desk.deed import Means, TownMeans
from bots.web.desk.entries import Entry, Kind, Option
from bots.web.desk.filled import Filled
from bots.web.desk.sitting import pledge_words
from core.meetings.bodies import MeetingBody, Membership
from core.meetings.ids import BodyId, MembershipId, ParticipantId
from core.usecases.meetings.give_notice import give_notice
from core.usecases.meetings.sign_pledge import sign_pledge

Places = Iterable[tuple[MeetingBody, Membership, str]]
"""Memberships without a notice, each with its body and with how it is called on the form."""


def notice_entries(waiting: Places) -> tuple[Entry, ...]:
    """Who was told of the duty of secrecy, and when."""
    places = tuple(
        Option(value=f"{body.id}/{place.id}", label=label) for body, place, label in waiting
    )
    return (
        Entry(name="place", label="どなたに", kind=Kind.CHOICE, options=places),
        Entry(name="given_at", label="説明した日時", kind=Kind.MOMENT, required=False),
    )


async def note_notice(means: Means | TownMeans, filled: Filled, of: str) -> str:
    """Write the notice down."""
    body_id, _, place_id = filled.text("place").partition("/")
    await give_notice(
        means.uow,
        body_id=BodyId(body_id),
        membership_id=MembershipId(place_id),
        by=means.by,
        at=means.at,
        given_at=filled.maybe_moment("given_at"),
    )
    return "守秘の説明を記録しました。"


def pledge_entries(
    people: tuple[Option, ...], *, bodies: tuple[MeetingBody, ...]
) -> tuple[Entry, ...]:
    """Who signed, and when, beside the words that were signed."""
    return (
        Entry(name="who", label="どなたの", kind=Kind.CHOICE, options=people),
        Entry(
            name="signed_at",
            label="署名した日時",
            kind=Kind.MOMENT,
            required=False,
            help=pledge_words(bodies),
        ),
    )


async def note_pledge(means: Means | TownMeans, filled: Filled, of: str) -> str:
    """Write the pledge down."""
    pledge = await sign_pledge(
        means.uow,
        participant_id=ParticipantId(filled.text("who")),
        by=means.by,
        at=means.at,
        signed_at=filled.maybe_moment("signed_at"),
    )
    return f"誓約を記録しました(誓約の文 第{pledge.text_version}版)。"
