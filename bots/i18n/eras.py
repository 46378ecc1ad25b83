"""和暦: years of the era, as forms of an office have them."""

from datetime import date
from typing import Final

# First day and name, newest first; a day before them is told by the common calendar.
ERAS: Final = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
)


def era_year(on: date) -> str:
    """`令和7年`; the first year of an era is its 元年."""
    for begins, name in ERAS:
        if on >= begins:
            year = on.year - begins.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"{on.year}年"


def era_day(on: date) -> str:
    """`令和7年3月31日`."""
    return f"{era_year(on)}{on.month}月{on.day}日"


def era_month(on: date) -> str:
    """`令和7年3月`."""
    return f"{era_year(on)}{on.month}月"
