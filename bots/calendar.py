"""Japan's public holidays."""

from datetime import date
from typing import Final

import holidays

YEARS_AHEAD: Final = 12


def public_holidays(year: int) -> frozenset[date]:
    """From the year before `year` on, for the years that we plan in."""
    years = range(year - 1, year + YEARS_AHEAD)
    return frozenset(holidays.country_holidays("JP", years=years))
