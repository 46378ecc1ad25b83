"""緊急: danger to life or body, who was called, and when it is over (O18, R-025)."""

from typing import Final

from bots.i18n.catalogue import day
from bots.web.desk.course_entries import ON_THE_CASE
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.views import View
from core.access import Action
from core.emergency import Called, Danger, Emergency, Rescuer
from core.permissions import holders
from core.usecases.courses.end_emergency import end_emergency
from core.usecases.courses.note_call import note_call
from core.usecases.courses.raise_emergency import raise_emergency

ROOM: Final = "緊急のとき"
_WHO: Final = holders(Action.LOG_CONTACT) | ON_THE_CASE


def _running(view: View) -> Emergency | None:
    return next((one for one in view.story.emergencies if one.running), None)


def _raise_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="danger", label="なにが危ないか", kind=Kind.CHOICE, options=of_enum(Danger)),
        Entry(
            name="called",
            label="もう連絡したところ",
            kind=Kind.CHOICES,
            options=of_enum(Rescuer),
            required=False,
        ),
    )


async def _raise(means: Means, filled: Filled, of: str) -> str:
    told = sorted(filled.many("called", Rescuer))
    await raise_emergency(
        means.uow,
        case_id=means.view.story.case.id,
        danger=filled.one("danger", Danger),
        calls=tuple(Called(rescuer=one, by=means.by, at=means.at) for one in told),
        by=means.by,
        at=means.at,
    )
    return "緊急の対応を始めました。おたよりは、読み直すまで送られません。"


def _call_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="rescuer", label="連絡先", kind=Kind.CHOICE, options=of_enum(Rescuer)),
        Entry(
            name="not_needed",
            label="連絡が要らないときは、そのわけ",
            required=False,
            help="連絡したときは空けておきます。",
        ),
    )


async def _call(means: Means, filled: Filled, of: str) -> str:
    await note_call(
        means.uow,
        case_id=means.view.story.case.id,
        rescuer=filled.one("rescuer", Rescuer),
        not_needed_because=filled.text("not_needed"),
        by=means.by,
        at=means.at,
    )
    return "連絡を記録しました。"


async def _end(means: Means, filled: Filled, of: str) -> str:
    over = await end_emergency(
        means.uow,
        case_id=means.view.story.case.id,
        by=means.by,
        at=means.at,
        tz=means.tz,
        closed_days=means.closed_days,
    )
    assert over.review_due_on is not None
    return f"緊急の対応を終えました。{day(over.review_due_on)}までに、ふり返りをお願いします。"


def _nothing(view: View, of: str) -> tuple[Entry, ...]:
    return ()


def _while_running(view: View) -> tuple[Offer, ...]:
    return ALWAYS if _running(view) else ()


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="raise-emergency",
        title="緊急の対応を始める",
        room=ROOM,
        who=_WHO,
        entries=_raise_entries,
        act=_raise,
        offered=lambda view: () if _running(view) else ALWAYS,
        explains="命や体が危ないときは、先に119番・110番へ。会議も承認も待ちません。",
    ),
    Deed(
        key="note-call",
        title="緊急の連絡を記録する",
        room=ROOM,
        who=_WHO,
        entries=_call_entries,
        act=_call,
        offered=_while_running,
    ),
    Deed(
        key="end-emergency",
        title="緊急の対応を終える",
        room=ROOM,
        who=_WHO,
        entries=_nothing,
        act=_end,
        offered=_while_running,
    ),
)
