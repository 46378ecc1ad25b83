"""The clock of practice mode over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from bots.practice.durations import TOKYO, later, moment, spoken
from tests.practice.stage_asking import get, post
from tests.practice.stage_house import START, make_scene


async def test_it_tells_the_time_in_tokyo_and_as_people_say_it() -> None:
    answer = await get(make_scene().app, "/practice/clock")
    assert answer.status == 200
    assert answer.json["at"].startswith("2026-11-23T10:30:")
    assert answer.json["at"].endswith("+09:00")
    assert answer.json["label"] == "11月23日(月) 10:30"


async def test_it_moves_to_a_time_that_is_meant_in_tokyo() -> None:
    scene = make_scene()
    answer = await post(scene.app, "/practice/clock", {"at": "2026-11-24T10:00"})
    assert answer.json["label"] == "11月24日(火) 10:00"
    assert scene.house.walked_to == [datetime(2026, 11, 24, 1, 0, tzinfo=UTC)]


async def test_it_moves_to_a_time_written_with_its_offset() -> None:
    answer = await post(make_scene().app, "/practice/clock", {"at": "2026-11-24T01:00:00Z"})
    assert answer.json["label"] == "11月24日(火) 10:00"


@pytest.mark.parametrize(
    ("duration", "day"),
    [("PT1H", "11月23日(月) 11:30"), ("P14D", "12月7日(月) 10:30"), ("P1M", "12月23日(水) 10:30")],
)
async def test_it_advances_by_a_duration(duration: str, day: str) -> None:
    answer = await post(make_scene().app, "/practice/clock", {"advance": duration})
    assert answer.json["label"] == day


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"at": "2026-11-24T10:00", "advance": "P1D"},
        {"at": "あした"},
        {"at": 5},
        {"advance": "P"},
        {"advance": "PT"},
        {"advance": "P1H"},
        {"advance": "-P1D"},
        {"advance": "P9999Y"},
        {"advance": "P99999D"},
        {"at": "9999-12-31T23:59:59-12:00"},
        {"later": "P1D"},
    ],
)
async def test_it_refuses_what_is_no_time_and_shows_how_to_write_one(fields: object) -> None:
    scene = make_scene()
    answer = await post(scene.app, "/practice/clock", fields)
    assert answer.status == 422
    assert answer.json["error"]
    assert answer.json["labels"]
    assert scene.house.walked_to == []


async def test_it_never_goes_back() -> None:
    scene = make_scene()
    answer = await post(scene.app, "/practice/clock", {"at": "2026-11-23T10:00"})
    assert answer.status == 409
    assert "戻せません" in answer.json["error"]
    assert answer.json["labels"] == ["11月23日(月) 10:30"]
    assert scene.clock.now() >= START


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    january = datetime(2028, 1, 31, 9, 0, tzinfo=TOKYO)
    assert later(january, duration="P1M") == datetime(2028, 2, 29, 9, 0, tzinfo=TOKYO)
    assert later(january, duration="P13M") == datetime(2029, 2, 28, 9, 0, tzinfo=TOKYO)


def test_a_month_is_counted_on_tokyo_s_calendar() -> None:
    last_evening_in_utc = datetime(2027, 1, 30, 15, 30, tzinfo=UTC)
    assert spoken(later(last_evening_in_utc, duration="P1M")) == "2月28日(日) 00:30"


def test_weeks_days_hours_and_minutes_add_up() -> None:
    at = datetime(2026, 11, 23, 10, 0, tzinfo=TOKYO)
    after = later(at, duration="P1W2DT3H4M5S")
    assert after - at == timedelta(days=9, hours=3, minutes=4, seconds=5)


def test_a_time_without_offset_is_meant_in_tokyo() -> None:
    assert moment("2026-11-24T10:00") == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
