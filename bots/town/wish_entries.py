"""What a person wishes of letters, as a town file says it (G-03, G-05, G-22)."""

from pydantic import BaseModel, ConfigDict, Field

from bots.town.shapes import Day
from core.days import DaysOff
from core.people import LetterWishes


class DaysOffEntry(BaseModel):
    """Days on which no letter comes; both ends included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: Day
    last: Day | None = None
    """The same day, if nothing is said."""
    yearly: bool = False
    """Each year again, by month and day."""


class LetterWishesEntry(BaseModel):
    """No colleague goes beyond these."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days_off: tuple[DaysOffEntry, ...] = ()
    any_day: bool = False
    """Letters may come on Sundays, holidays and at the turn of the year, too."""
    take_every: int = Field(1, ge=1, le=12)
    """One letter of so many, when fewer are wished for."""


def wishes_of(entry: LetterWishesEntry) -> LetterWishes:
    """As the core has them."""
    return LetterWishes(
        days_off=tuple(
            DaysOff(first=one.first, last=one.last or one.first, yearly=one.yearly)
            for one in entry.days_off
        ),
        any_day=entry.any_day,
        take_every=entry.take_every,
    )
