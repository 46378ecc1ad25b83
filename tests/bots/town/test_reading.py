"""A town file is read whole, into the core's own records."""

import json
from datetime import date, datetime, time, timedelta

import jsonschema
import pytest
import yaml

from bots.town import TownPhone, read_town, shipped_towns, town_phones, town_schema
from core.agencies import Role
from core.cases import CaseState
from core.letters import LetterKind
from core.profiles import TextUse
from tests.bots.town.small import MONDAY, SMALL, TOKYO, Desk, small
from tests.proofs import PROOF, context


def test_a_small_town_is_read_with_everything_it_says(desk: Desk) -> None:
    town = desk.read(SMALL)

    assert (town.code, town.name, town.account_name) == ("hinata", "ひなた町", "ひなたのたより")
    assert town.letter_rules.gap == timedelta(hours=72)
    assert town.staff[1].roles == {Role.COORDINATOR, Role.MESSAGE_APPROVER}
    assert town.people[0].line is not None
    assert town.cases[0].state is CaseState.RELATIONSHIP_BUILDING
    assert town.cases[0].opened_on == date(2025, 4, 14)
    assert [seat.staff for seat in town.cases[0].seats] == ["mori", "hara"]
    assert town.letters[0].kind is LetterKind.CHECK_IN


def test_a_time_without_an_offset_is_the_towns_own(desk: Desk) -> None:
    town = desk.read(SMALL)

    assert town.letters[0].opens_at == datetime(2026, 11, 17, 10, 30, tzinfo=TOKYO)
    assert town.texts[0].approved_at == datetime(2025, 6, 2, 15, tzinfo=TOKYO)


def test_a_time_with_an_offset_keeps_it(desk: Desk) -> None:
    town = desk.read(small(("2026-11-17 10:30", "2026-11-17T02:30:00Z")))

    assert town.letters[0].opens_at == datetime(2026, 11, 17, 11, 30, tzinfo=TOKYO)


def test_hours_days_and_words_stay_what_they_are_written_as(desk: Desk) -> None:
    """YAML of old reads 10:00 as 600 and no as false."""
    town = desk.read(
        small(
            (
                "areas:",
                "letter_rules: {opens: 09:30, closes: 17:00, lock_screen_words: [no, 12]}\nareas:",
            )
        )
    )

    assert town.letter_rules.opens == time(9, 30)
    assert town.letter_rules.lock_screen_words == ("no", "12")


def test_a_file_with_a_byte_order_mark_is_read(desk: Desk) -> None:
    assert desk.read(b"\xef\xbb\xbf" + SMALL.encode()).code == "hinata"


def test_the_schema_accepts_every_shipped_town_and_the_small_one() -> None:
    schema = town_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    texts = [SMALL, *(_shipped_text(name) for name in shipped_towns())]

    for text in texts:
        jsonschema.validate(yaml.load(text, Loader=yaml.BaseLoader) | {"version": 1}, _lax(schema))


def test_the_schema_is_json_and_describes_its_fields() -> None:
    text = json.dumps(town_schema())

    assert "lock screens" in text
    assert "^(?:U[0-9a-f]{32})$" in text


def test_the_practice_town_is_there_with_its_people() -> None:
    town = read_town("practice", at=MONDAY, tz=TOKYO)

    assert "practice" in shipped_towns()
    assert [staff.name for staff in town.staff][:5] == ["佐藤", "田中", "鈴木", "高橋", "山本"]
    assert {case.alias: case.person for case in town.cases} | {"A-12": "A", "A-15": "B"} == {
        case.alias: case.person for case in town.cases
    }
    names = {use: {text.name for text in town.texts if text.use is use} for use in TextUse}
    for_shared = {"linked_shared", "rest_shared", "stop_shared"}
    expected = {"rest", "stop", "linked", "letters", "waiting", "link_taken", "reception"}
    assert names[TextUse.ACKNOWLEDGEMENT] == expected | for_shared
    assert names[TextUse.ANSWER] == {"arigatou", "yukkuri", "sonomama"}


@pytest.mark.parametrize("days", range(0, 400, 3))
def test_letters_of_the_practice_town_fit_wherever_the_practice_begins(days: int) -> None:
    at = MONDAY + timedelta(days=days, hours=days % 24)
    holidays = frozenset({(at + timedelta(days=1)).astimezone(TOKYO).date()})
    town = read_town("practice", at=at, tz=TOKYO, closed_days=holidays)
    people = {person.code: person for person in town.people}
    homes = {case.alias: people[case.person] for case in town.cases}

    for letter in town.letters:
        home = homes[letter.case]
        hours = town.letter_rules.hours(wakes=home.wakes, sleeps=home.sleeps, closed_days=holidays)
        assert letter.opens_at >= at
        assert hours.allow(letter.opens_at, tz=TOKYO)


def test_on_a_monday_morning_the_first_letters_are_for_the_same_day() -> None:
    town = read_town("practice", at=MONDAY, tz=TOKYO)

    assert [letter.opens_at.date() for letter in town.letters] == [MONDAY.date(), MONDAY.date()]


@pytest.mark.rule("G-01")
def test_no_practice_letter_asks_for_an_answer() -> None:
    town = read_town("practice", at=MONDAY, tz=TOKYO)

    assert all("お返事はなくて大丈夫です" in letter.body for letter in town.letters)


@pytest.mark.rule("G-11")
def test_nothing_on_a_lock_screen_of_the_practice_town_gives_anything_away() -> None:
    town = read_town("practice", at=MONDAY, tz=TOKYO)
    shown = [town.account_name, *(t.body for t in town.texts), *(m.body for m in town.letters)]

    assert [PROOF.read(s, context=context()) for s in shown] == [()] * 17


def test_a_phone_is_called_by_the_persons_code() -> None:
    phones = town_phones(read_town("practice", at=MONDAY, tz=TOKYO))

    assert phones[0].name == "A" and phones[0].aliases == ("A-12",)
    assert phones[0].line_user_id is not None
    assert phones[1] == TownPhone(name="B", line_user_id=None, aliases=("A-15",))


def _shipped_text(name: str) -> str:
    from bots.town import reader

    return reader._text(name, shipped=True)


def _lax(schema: dict[str, object]) -> dict[str, object]:
    """BaseLoader reads every scalar as text; true and numbers are checked elsewhere."""
    text = json.dumps(schema)
    for kind in ("boolean", "integer"):
        text = text.replace(f'"type": "{kind}"', '"type": "string"')
    lax: dict[str, object] = json.loads(text)
    lax["properties"] = {**lax["properties"], "version": {"const": 1}}  # type: ignore[dict-item]
    return lax


SHIFTS = """\
shifts:
  - {code: night, staff: mori, starts_at: 2026-11-16 17:00, ends_at: 2026-11-17 08:30, place: 2}
  - {code: next, staff: hara, starts_at: 2026-11-16 17:00, ends_at: 2026-11-17 08:30}
"""


@pytest.mark.rule("DOMAIN-8.3")
def test_shifts_are_read_in_the_towns_own_time(desk: Desk) -> None:
    first, second = desk.read(SMALL + SHIFTS).shifts

    assert first.starts_at == datetime(2026, 11, 16, 17, tzinfo=TOKYO)
    assert (first.staff, first.place, second.place) == ("mori", 2, 1)


@pytest.mark.rule("DOMAIN-8.3")
@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("ends_at: 2026-11-17 08:30, place: 2", "ends_at: 2026-11-16 08:30", "later than"),
        ("ends_at: 2026-11-17 08:30, place: 2", "ends_at: 2026-12-17 08:30", "14 days"),
        (
            "starts_at: 2026-11-16 17:00, ends_at: 2026-11-17 08:30, place: 2",
            "starts_at: +0d 17:00, ends_at: +1d 08:30",
            "ahead of the load",
        ),
        ("staff: mori", "staff: nobody", "nobody"),
    ],
)
def test_shifts_that_cannot_be_kept_are_refused(desk: Desk, was: str, now: str, says: str) -> None:
    (problem,) = desk.problems(SMALL + SHIFTS.replace(was, now, 1))

    assert says in str(problem)


CRISIS = """\
  - name: crisis
    version: "1"
    use: CRISIS
    body: "{読むとき}に読みます。いまあぶないときは119か110へ。{電話}"
    author: mori
    approved_by: hara
    approved_at: 2025-06-02 15:00
letters:
"""


@pytest.mark.rule("DOMAIN-8.3")
@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("119か110へ", "119へ", "110"),
        ("{読むとき}に", "あとで", "読むとき"),
        ("{電話}", "{名乗り}", "{"),
        ("    use: CRISIS\n", "", "use CRISIS"),
        ("name: crisis", "name: kiki", "use CRISIS"),
    ],
)
def test_the_text_for_the_night_says_what_helps(desk: Desk, was: str, now: str, says: str) -> None:
    good = SMALL.replace("letters:\n", CRISIS)
    assert desk.read(good).texts[-1].use is TextUse.CRISIS

    problems = desk.problems(SMALL.replace("letters:\n", CRISIS.replace(was, now, 1)))

    assert any(says in str(problem) for problem in problems)
