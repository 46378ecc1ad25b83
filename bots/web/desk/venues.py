"""開き方: around a table or at screens, and where (R-049, R-087)."""

from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.sitting import MEETINGS, hand_over, meeting_in, meetings_in, version_of
from core.meetings.changes import DATED
from core.meetings.machine import SECRETARIAT
from core.meetings.sittings import MeetingMode
from core.usecases.meetings.change_venue import change_venue


def _moving(view: View, of: str) -> tuple[Entry, ...]:
    meeting = meeting_in(view, of)
    return (
        Entry(
            name="mode",
            label="開き方",
            kind=Kind.CHOICE,
            options=of_enum(MeetingMode),
            value=meeting.mode.value,
        ),
        Entry(name="place", label="場所", required=False, value=meeting.place),
        Entry(
            name="reason",
            label="変えるわけ",
            required=False,
            help="災害や感染症のときは、そう書いておくと、あとでわかります。",
        ),
        *version_of(view, of),
    )


async def _move(means: Means, filled: Filled, of: str) -> str:
    told = hand_over(means, filled, of)
    told.pop("tz")
    meeting = await change_venue(
        means.uow,
        mode=filled.one("mode", MeetingMode),
        place=filled.text("place"),
        reason=filled.text("reason"),
        **told,
    )
    return f"会議の開き方を「{word(meeting.mode)}」にしました。日時と議題は変わりません。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="change-venue",
        title="開き方を変える",
        room=MEETINGS,
        who=SECRETARIAT,
        entries=_moving,
        act=_move,
        offered=lambda view: meetings_in(view, DATED),
        explains="日時と議題はそのままで、対面とオンラインを入れかえられます。",
    ),
)
