"""The sun by plain arithmetic against what the national observatory printed (暦要項)."""

from datetime import date, datetime, timedelta

import pytest

from core.wording.season import stretch_of
from core.wording.sun import longitude_at_end_of, solar_longitude
from tests.people import TOKYO

# Equinoxes, solstices and 立春, Japan Standard Time to the minute.
INSTANTS = [
    (0, "2020-03-20 12:50"),
    (0, "2023-03-21 06:24"),
    (0, "2024-03-20 12:06"),
    (0, "2025-03-20 18:01"),
    (0, "2026-03-20 23:46"),
    (90, "2023-06-21 23:58"),
    (90, "2025-06-21 11:42"),
    (90, "2026-06-21 17:25"),
    (180, "2023-09-23 15:50"),
    (180, "2024-09-22 21:44"),
    (180, "2025-09-23 03:19"),
    (270, "2021-12-22 00:59"),
    (270, "2023-12-22 12:27"),
    (270, "2025-12-22 00:03"),
    (270, "2026-12-22 05:50"),
    (315, "2021-02-03 23:59"),
    (315, "2024-02-04 17:27"),
    (315, "2025-02-03 23:10"),
]
# The days of the 24, from 小寒 (285°) to 冬至 (270°).
DAYS = {
    2024: "0106 0120 0204 0219 0305 0320 0404 0419 0505 0520 0605 0621"
    " 0706 0722 0807 0822 0907 0922 1008 1023 1107 1122 1207 1221",
    2025: "0105 0120 0203 0218 0305 0320 0404 0420 0505 0521 0605 0621"
    " 0707 0722 0807 0823 0907 0923 1008 1023 1107 1122 1207 1222",
    2026: "0105 0120 0204 0219 0305 0320 0405 0420 0505 0521 0606 0621"
    " 0707 0723 0807 0823 0907 0923 1008 1023 1107 1122 1207 1222",
}


@pytest.mark.parametrize(("longitude", "printed"), INSTANTS)
def test_the_sun_is_there_within_three_minutes(longitude: int, printed: str) -> None:
    at = datetime.fromisoformat(printed).replace(tzinfo=TOKYO)
    before, after = (
        (solar_longitude(at + timedelta(minutes=by)) - longitude + 180) % 360 - 180
        for by in (-3.5, 3.5)
    )
    assert before < 0 < after


@pytest.mark.parametrize("year", DAYS)
def test_the_24_seasons_begin_on_the_days_that_were_printed(year: int) -> None:
    begun = []
    day = date(year, 1, 1)
    was = longitude_at_end_of(day - timedelta(days=1), tz=TOKYO) // 15
    while day.year == year:
        now = longitude_at_end_of(day, tz=TOKYO) // 15
        if now != was:
            begun.append(f"{day:%m%d}")
        was, day = now, day + timedelta(days=1)
    assert begun == DAYS[year].split()


def test_the_72_follow_one_another_through_sixty_years() -> None:
    day, was, since = date(2000, 1, 1), stretch_of(date(1999, 12, 31), tz=TOKYO), 4
    while day < date(2060, 1, 1):
        now = stretch_of(day, tz=TOKYO)
        if now != was:
            assert now == was % 72 + 1
            assert since in range(4, 7)
            since = 0
        since += 1
        was, day = now, day + timedelta(days=1)
