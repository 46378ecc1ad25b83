"""The town's figures on a page: months as they were told, pictures first and tables under them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bots.i18n.catalogue import moment, say, word
from bots.i18n.eras import era_month
from bots.web.passes import StaffSession
from bots.web.pictures import Picture, lying_bars, standing_bars
from core.basis import Basis
from core.figures.month import MonthFigures, Movement, Topic
from core.figures.revisions import MonthRevision
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import Clock, UnitOfWork
from core.usecases.figures.report_month import report_month
from core.usecases.figures.show_figures import FiguresStory, show_figures

_MOVES: Final = tuple(Movement)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table under a picture: heads, and rows of a head and its numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresView:
    """What the page shows of one town.

    Attributes:
        told: which edition of the newest month it is.
    """

    month: str
    told: str
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedNow:
    """What the records say at this moment.

    Attributes:
        notes: whether what was told last still holds.
        table: the month so far, by area.
    """

    at: str
    notes: tuple[str, ...]
    table: Table


class FiguresPages:
    """GET /s/town/figures."""

    def __init__(
        self,
        *,
        uow: UnitOfWork,
        clock: Clock,
        tz: tzinfo,
        profile: MunicipalProfile | None,
        session: Callable[[Request, datetime], StaffSession],
        render: Callable[..., Response],
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz
        self._order = () if profile is None else tuple(area.code for area in profile.areas)
        self._session = session
        self._render = render

    async def figures(self, request: Request) -> Response:
        """The months of a year; for those who may take the town's figures.

        `?now` counts this month and the newest told one anew, from the records as they are; that
        they were taken is noted.
        """
        at = self._clock.now()
        session = self._session(request, at)
        story = await show_figures(self._uow, by=session.staff_id, order=self._order)
        # Nobody reads a page without its body, so nothing is taken by it.
        asked = "now" in request.query_params and request.method != "HEAD"
        return self._render(
            "figures.html",
            town=story.town,
            reader=story.reader.name,
            view=view_of(story, tz=self._tz) if story.months else None,
            now=await self._anew(story, session, at=at) if asked else None,
            trails=story.trails,
            until=moment(session.expires_at, tz=self._tz),
        )

    async def _anew(
        self, story: FiguresStory, session: StaffSession, *, at: datetime
    ) -> CountedNow:
        today = at.astimezone(self._tz).date()
        asked = [today, *(one.month for one in story.months[-1:])]
        counted = [
            await report_month(
                self._uow,
                month=month,
                by=session.staff_id,
                at=at,
                tz=self._tz,
                order=self._order,
            )
            for month in asked
        ]
        so_far = counted[0].figures
        changed = [
            say(
                "months.changed_since" if one.has_changed else "months.as_told",
                month=era_month(one.figures.month),
            )
            for one in counted[1:]
        ]
        return CountedNow(
            at=moment(at, tz=self._tz),
            notes=tuple(changed),
            table=_areas(story, so_far),
        )


def view_of(story: FiguresStory, *, tz: tzinfo) -> FiguresView:
    """Pictures and tables of the months, the newest one in whole."""
    newest = story.months[-1]
    months = tuple((say("months.short", month=one.month.month), one) for one in story.months)
    return FiguresView(
        month=era_month(newest.month),
        told=say("months.closed", revision=newest.revision, at=moment(newest.closed_at, tz=tz)),
        pictures=(_continuing(months), _by_area(story, newest)),
        tables=(_by_month(story.months), _areas(story, newest.figures), _sittings(story.months)),
    )


def _continuing(months: Sequence[tuple[str, MonthRevision]]) -> Picture:
    counts = [(name, _total(one, Movement.CONTINUING)) for name, one in months]
    return _told(standing_bars, say("months.picture_continuing"), counts)


def _by_area(story: FiguresStory, newest: MonthRevision) -> Picture:
    counts = [
        (
            area.name,
            newest.figures.count(Topic.MOVEMENT, Movement.CONTINUING, area_id=area.id),
        )
        for area in story.areas
    ]
    return _told(lying_bars, say("months.picture_areas"), counts)


def _told(draw: Callable[..., Picture], title: str, counts: Sequence[tuple[str, int]]) -> Picture:
    said = "、".join(f"{name} {count}" for name, count in counts)
    return draw(title, counts, said=f"{title}: {said}")


def _by_month(months: Sequence[MonthRevision]) -> Table:
    return Table(
        title=word(Topic.MOVEMENT),
        columns=(say("months.month"), *map(word, _MOVES)),
        rows=tuple(
            (era_month(one.month), *(str(_total(one, move)) for move in _MOVES)) for one in months
        ),
    )


def _areas(story: FiguresStory, figures: MonthFigures) -> Table:
    rows = [
        (
            area.name,
            *(str(figures.count(Topic.MOVEMENT, move, area_id=area.id)) for move in _MOVES),
        )
        for area in story.areas
    ]
    total = (str(figures.count(Topic.MOVEMENT, move, in_total=True)) for move in _MOVES)
    rows.append((say("results.total"), *total))
    return Table(
        title=say("months.areas_of", month=era_month(figures.month)),
        columns=(say("months.area"), *map(word, _MOVES)),
        rows=tuple(rows),
    )


def _sittings(months: Sequence[MonthRevision]) -> Table:
    laws = (Basis.SHIEN, Basis.JUSO, Basis.CASE)
    return Table(
        title=word(Topic.MEETING),
        columns=(say("months.month"), *map(word, laws)),
        rows=tuple(
            (
                era_month(one.month),
                *(str(one.figures.count(Topic.MEETING, law, in_total=True)) for law in laws),
            )
            for one in months
        ),
    )


def _total(told: MonthRevision, move: Movement) -> int:
    return told.figures.count(Topic.MOVEMENT, move, in_total=True)
