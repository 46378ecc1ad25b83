"""What is typed into a form is read by the kind of its entry, and all that is wrong is said."""

from datetime import date, datetime

import pytest

from bots.web.desk.entries import Entry, Kind, Option
from bots.web.desk.filled import Unfilled, read_filled, rows_of
from core.contacts import Met
from tests.people import TOKYO

MET = Entry(
    name="met",
    label="会えたか",
    kind=Kind.CHOICE,
    options=(Option(value="met", label="会えた"), Option(value="absent", label="会えなかった")),
)
DAY = Entry(name="on", label="いつ", kind=Kind.DAY)
PARTS = Entry(name="parts", label="役割", kind=Kind.ROWS, cells=(2, 3), required=False)


def slips(form: dict[str, list[str]], *entries: Entry) -> dict[str, str]:
    with pytest.raises(Unfilled) as wrong:
        read_filled(form, entries, tz=TOKYO)
    return {slip.name: slip.said for slip in wrong.value.slips}


def test_values_come_as_what_they_are() -> None:
    at = Entry(name="at", label="日時", kind=Kind.MOMENT)
    count = Entry(name="count", label="人数", kind=Kind.NUMBER)
    form = {
        "met": ["met"],
        "on": ["2026-11-30"],
        "at": ["2026-11-30T10:00"],
        "count": ["12"],
        "parts": ["社協 | 見守り\n\n学校|登校の相談|担任"],
    }
    filled = read_filled(form, (MET, DAY, at, count, PARTS), tz=TOKYO)

    assert filled.one("met", Met) is Met.MET
    assert filled.day("on") == date(2026, 11, 30)
    assert filled.moment("at") == datetime(2026, 11, 30, 10, tzinfo=TOKYO)
    assert filled.number("count") == 12
    assert filled.rows("parts") == (("社協", "見守り"), ("学校", "登校の相談", "担任"))


def test_what_need_not_be_filled_may_be_empty() -> None:
    note = Entry(name="note", label="メモ", kind=Kind.TEXT, required=False)
    day = Entry(name="next", label="次", kind=Kind.DAY, required=False)
    filled = read_filled({"note": ["  "]}, (note, day), tz=TOKYO)

    assert (filled.text("note"), filled.maybe("note"), filled.maybe_day("next")) == ("", None, None)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = slips({"met": ["flew"], "on": ["きのう"]}, MET, DAY)

    assert said == {
        "met": "並んでいる中からお選びください。",
        "on": "日付をお選びください(例: 2026-11-30)。",
    }


def test_a_missing_entry_is_named_by_its_label() -> None:
    assert slips({}, MET) == {"met": "「会えたか」をお書きください。"}


def test_a_row_with_the_wrong_number_of_cells_is_named_by_its_line() -> None:
    assert slips({"parts": ["社協|見守り\n学校"]}, PARTS) == {
        "parts": "2行目:|で区切って2から3個の項目にしてください(いま1個)。"
    }


def test_a_full_width_bar_parts_cells_too() -> None:
    assert rows_of("社協\uff5c見守り") == (("社協", "見守り"),)


@pytest.mark.parametrize("number", ["-1", "1.5", "十", "\uff11"])
def test_only_plain_digits_are_a_number(number: str) -> None:
    count = Entry(name="count", label="人数", kind=Kind.NUMBER)
    assert slips({"count": [number]}, count) == {"count": "数字でお書きください。"}


def test_a_time_with_a_zone_is_not_what_the_form_asks_for() -> None:
    at = Entry(name="at", label="日時", kind=Kind.MOMENT)
    assert "at" in slips({"at": ["2026-11-30T10:00+09:00"]}, at)


def test_too_long_a_text_is_told_its_length() -> None:
    line = Entry(name="line", label="ひとこと", kind=Kind.LINE)
    assert slips({"line": ["あ" * 201]}, line) == {
        "line": "200字までで、お書きください(いま201字)。"
    }
