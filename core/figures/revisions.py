"""A month that was closed: its figures as they were told, edition by edition (HOUSE flow C)."""

from dataclasses import dataclass
from datetime import date, datetime

from core.errors import CaseworkError
from core.figures.month import MonthFigures, last_finished


class MonthAlreadyClosed(CaseworkError):
    """The month stands as it was told last; nothing came in since that would change it.

    Facts: `month` (YYYY-MM), `revision`, `allowed`.
    """

    rule = "HOUSE-5C"


class MonthNotOver(CaseworkError):
    """A month is closed when it is over. Facts: `month` (YYYY-MM), `allowed`."""

    rule = "HOUSE-5C"


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthRevision:
    """The figures of a month as they were told.

    Attributes:
        month: its first day.
        revision: 1 at first; one more each time that late entries changed them.
    """

    month: date
    revision: int
    closed_at: datetime
    figures: MonthFigures


def named(month: date) -> str:
    """A month as 2025-03."""
    return month.strftime("%Y-%m")


def next_revision(
    figures: MonthFigures, *, last: MonthRevision | None, at: datetime, today: date
) -> MonthRevision:
    """The edition that is told now.

    Args:
        last: the one told last, if any was.
        today: the local day of `at`.

    Raises:
        MonthNotOver, MonthAlreadyClosed.
    """
    if figures.month > last_finished(today):
        raise MonthNotOver(month=named(figures.month), allowed=named(last_finished(today)))
    if last is not None and last.figures == figures:
        raise MonthAlreadyClosed(
            month=named(figures.month), revision=str(last.revision), allowed="late entries"
        )
    revision = 1 if last is None else last.revision + 1
    return MonthRevision(month=figures.month, revision=revision, closed_at=at, figures=figures)
