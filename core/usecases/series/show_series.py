"""Show a series as it stands, for a card or a page."""

from dataclasses import dataclass

from core.access import Action, may, require
from core.cases import Case
from core.ids import SeriesId, StaffId
from core.letters import LetterState
from core.ports import UnitOfWork
from core.series import Series, SeriesState, Told
from core.series_steps import letters_of
from core.steps import WAITING_FOR_APPROVAL, approvers


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesView:
    """A series for one viewer.

    Attributes:
        steps: every step with its letter, in order.
        to_approve: those that this viewer may approve now, as shown.
        may_change: the viewer writes it: stops it, leaves a letter out, hands it over.
    """

    series: Series
    case: Case
    author: str
    account: str
    steps: tuple[Told, ...]
    to_approve: tuple[Told, ...]
    may_change: bool

    @property
    def held(self) -> tuple[Told, ...]:
        """Those held because something new is known."""
        return tuple(
            one for one in self.steps if one.letter and one.letter.state is LetterState.HELD
        )


async def show_series(uow: UnitOfWork, *, series_id: SeriesId, viewer: StaffId) -> SeriesView:
    """The series as `viewer` may see it.

    Raises:
        NotFound. NotYours: no seat on the case.
    """
    async with uow.read() as work:
        series = await work.series.get(series_id)
        case = await work.cases.get(series.case_id)
        seats = await work.staff.seats(case.id)
        staff = await work.staff.get(viewer)
        require(staff, Action.READ_CASE, case_id=case.id, seats=seats)
        steps = await letters_of(work, series)
        runs = series.state is SeriesState.RUNNING
        asks = series.asks_since is not None
        return SeriesView(
            series=series,
            case=case,
            author=(await work.staff.get(series.author_id)).name,
            account=(await work.towns.get()).account_name,
            steps=steps,
            to_approve=tuple(
                one
                for one in steps
                if runs
                and not asks
                and one.letter is not None
                and one.letter.state in WAITING_FOR_APPROVAL
                and viewer in approvers(one.letter, seats)
            ),
            may_change=runs and may(staff, Action.STOP_LETTER, case_id=case.id, seats=seats),
        )
