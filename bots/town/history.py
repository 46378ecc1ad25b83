"""What a town brings along from before the product: sittings that were held."""

from pydantic import Field

from bots.town.entry import Entry
from bots.town.shapes import Alias, Code, Day


class SittingEntry(Entry):
    """A sitting that was held before the town worked with the product; the figures count it."""

    code: Code
    body: Code
    """A body of the profile, by its code."""
    on: Day
    cases: tuple[Alias, ...] = Field(min_length=1)
    """The cases that were spoken of."""
    requested_by: Code
    """The member of staff who had asked for it."""
