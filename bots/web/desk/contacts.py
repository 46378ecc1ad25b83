"""接触を記録する: what a colleague notes after a visit, a call, a word at the door."""

from typing import Final

from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from core.access import Action
from core.contacts import ContactChannel, Met
from core.permissions import holders
from core.usecases.contacts.log_contact import log_contact

ROOM: Final = "日々の記録"
# What people enter by hand; LINE writes its own entries.
_BY_HAND: Final = tuple(
    channel
    for channel in ContactChannel
    if channel not in {ContactChannel.LINE_OUT, ContactChannel.LINE_IN}
)


def _entries(view: View, of: str) -> tuple[Entry, ...]:
    now = f"{view.at.astimezone(view.tz):%Y-%m-%dT%H:%M}"
    return (
        Entry(name="channel", label="どのように", kind=Kind.CHOICE, options=of_enum(_BY_HAND)),
        Entry(name="met", label="会えたか", kind=Kind.CHOICE, options=of_enum(Met)),
        Entry(name="happened_at", label="いつ", kind=Kind.MOMENT, value=now),
        Entry(
            name="note",
            label="メモ",
            kind=Kind.TEXT,
            required=False,
            help="ここにだけ残ります。Slackには出ません。",
        ),
        Entry(name="next_on", label="次の予定日", kind=Kind.DAY, required=False),
    )


async def _act(means: Means, filled: Filled, of: str) -> str:
    await log_contact(
        means.uow,
        case_id=means.view.story.case.id,
        by=means.by,
        channel=filled.one("channel", ContactChannel),
        met=filled.one("met", Met),
        happened_at=filled.moment("happened_at"),
        at=means.at,
        tz=means.tz,
        note=filled.text("note"),
        next_on=filled.maybe_day("next_on"),
    )
    return "接触を記録しました。"


DEEDS: Final = (
    Deed(
        key="log-contact",
        title="接触を記録する",
        room=ROOM,
        who=holders(Action.LOG_CONTACT),
        entries=_entries,
        act=_act,
    ),
)
