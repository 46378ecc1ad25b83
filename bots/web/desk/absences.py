"""留守と代理: when somebody is away, and who answers meanwhile (G-15)."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import day, say
from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.absences import FOR_OTHERS, Absence
from core.access import Action
from core.ids import AbsenceId, StaffId
from core.permissions import holders
from core.usecases.staff.end_absence import end_absence
from core.usecases.staff.note_absence import note_absence

ROOM: Final = "留守と代理"
_WORKS: Final = holders(Action.WRITE_LETTER) | FOR_OTHERS


def _noting(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="staff",
            label="留守にする方",
            kind=Kind.CHOICE,
            options=_colleagues(view, all_=bool(view.roles & FOR_OTHERS)),
            value=view.reader,
        ),
        Entry(
            name="deputy",
            label="代わりにお返事する方",
            kind=Kind.CHOICE,
            options=_colleagues(view, all_=True),
            help=say("absences.deputy_hint"),
        ),
        Entry(name="first", label="はじめの日", kind=Kind.DAY, value=f"{view.today}"),
        Entry(name="last", label="終わりの日", kind=Kind.DAY, value=f"{view.today}"),
    )


def _colleagues(view: TownView, *, all_: bool) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=one.name)
        for one in view.story.staff.values()
        if one.active and (all_ or one.id == view.reader)
    )


async def _note(means: TownMeans, filled: Filled, of: str) -> str:
    absence, without = await note_absence(
        means.uow,
        staff_id=StaffId(filled.text("staff")),
        deputy_id=StaffId(filled.text("deputy")),
        first=filled.day("first"),
        last=filled.day("last"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    said = say("absences.noted", **_told(means.view, absence))
    if without:
        deputy = _told(means.view, absence)["deputy"]
        said += say("absences.without_seat", deputy=deputy, aliases="、".join(without))
    return said


async def _end(means: TownMeans, filled: Filled, of: str) -> str:
    absence = await end_absence(
        means.uow, absence_id=AbsenceId(of), by=means.by, at=means.at, tz=means.tz
    )
    return say("absences.ended", **_told(means.view, absence))


def _told(view: TownView, absence: Absence) -> dict[str, str]:
    staff = view.story.staff
    return {
        "staff": staff[absence.staff_id].name,
        "deputy": staff[absence.deputy_id].name,
        "first": day(absence.first),
        "last": day(absence.last),
    }


def _standing(view: TownView) -> Iterable[Offer]:
    """Those that this reader may end."""
    for one in view.story.absences:
        concerned = view.reader in (one.staff_id, one.deputy_id)
        if one.ended_on is None and (concerned or view.roles & FOR_OTHERS):
            yield Offer(of=one.id, about=say("absences.line", **_told(view, one)))


def absence_lines(view: TownView) -> tuple[str, ...]:
    """Who is away from today on, and who stands in, as the town's desk lists it."""
    return tuple(
        say("absences.line", **_told(view, one))
        for one in view.story.absences
        if one.ended_on is None
    )


DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(
        key="note-absence",
        title="留守のあいだの代理を決める",
        room=ROOM,
        who=_WORKS,
        entries=_noting,
        act=_note,
        explains=say("absences.explains"),
    ),
    TownDeed(
        key="end-absence",
        title="留守を終える",
        room=ROOM,
        who=_WORKS,
        entries=lambda view, of: (),
        act=_end,
        offered=_standing,
    ),
)
