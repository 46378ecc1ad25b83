"""Writes the shipped town `kitakyushu-results`: 32 invented cases whose figures are those of S1.

`python -m tests.house.results_town` writes it again; a house test holds the file against this.

What is taken from the printed table (S1, DOMAIN §6.1) is how many cases of which kind each ward
had; days, people and which sitting spoke of which case are made up, by arithmetic and not by
chance, so that the file is the same each time. The split inside 八幡東区 and 戸畑区 is the smallest
one that fits the printed rows [I]; how the sittings divide between the two bodies is not known
(D7), and here they take turns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

FILE: Final = Path("bots/town/shipped/kitakyushu-results.yaml")
ENDS: Final = date(2025, 3, 31)
SURNAMES: Final = ("架空", "例山", "見本", "仮野", "試沢", "想川", "雛形", "空想")
NAMES: Final = ("一", "二葉", "三吉", "四季")
BODIES: Final = ("tsunagari", "juso")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ward:
    """How many cases of which kind a ward had, and how many sittings."""

    code: str
    name: str
    begins: date
    outreach_only: int
    both: int = 0
    participation_only: int = 0
    neither: int = 0
    planless: int = 0
    closed: int
    meetings: int


WARDS: Final = (
    Ward(
        code="moji",
        name="門司区",
        begins=date(2023, 8, 1),
        outreach_only=7,
        closed=5,
        meetings=20,
    ),
    Ward(
        code="yahatahigashi",
        name="八幡東区",
        begins=date(2023, 8, 1),
        outreach_only=7,
        both=2,
        participation_only=1,
        planless=7,
        closed=3,
        meetings=28,
    ),
    Ward(
        code="yahatanishi",
        name="八幡西区",
        begins=date(2024, 4, 1),
        outreach_only=2,
        closed=2,
        meetings=6,
    ),
    Ward(
        code="tobata",
        name="戸畑区",
        begins=date(2024, 4, 1),
        outreach_only=5,
        neither=1,
        closed=1,
        meetings=8,
    ),
)
HEAD: Final = """\
# 北九州市 移行準備事業(令和5年8月から令和7年3月)の、形だけを写した町。32の案件と62回の会議があり、
# 数は市の資料(令和7年11月、資料2)の表と同じになる。人も、日付も、できごとも、すべて架空。
# Made by `python -m tests.house.results_town`; a change here is a change there.
version: 1

town:
  code: kitakyushu
  name: 北九州市(実績の見本)
  account_name: つながりだより
  profile: kitakyushu
"""
REST: Final = """\

agencies:
  - {code: kuyakusho, name: 区役所 保健福祉課(見本), kind: municipality, is_municipality: true}
  - {code: banso, name: 伴走型支援の事業者(見本), kind: outreach}

providers:
  - {agency: kuyakusho, programme: outreach, since: 2023-08-01, outsourced_to: banso}
  - {agency: kuyakusho, programme: participation, since: 2023-08-01, outsourced_to: banso}
  - {agency: kuyakusho, programme: multi_agency, since: 2023-08-01}

staff:
  - code: 古賀
    name: 古賀
    agency: kuyakusho
    roles: [coordinator, clerk]
    slack_team_id: T0PRACTICE
    slack_user_id: U0KOGA
    pledge: {signed_on: 2023-08-01}
  - code: 原田
    name: 原田
    agency: kuyakusho
    roles: [municipal_officer, privacy_officer]
    slack_team_id: T0PRACTICE
    slack_user_id: U0HARADA
    pledge: {signed_on: 2023-08-01}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One invented case."""

    number: int
    ward: Ward
    opened_on: date
    programmes: tuple[str, ...]
    closed_on: date | None

    @property
    def alias(self) -> str:
        """What lists show."""
        return f"R-{self.number:02}"

    @property
    def state(self) -> str:
        """The stage in the file."""
        if self.closed_on is not None:
            return "CLOSED"
        return "CONTINUING_SUPPORT" if "outreach" in self.programmes else "RECEIVED"


def town_text() -> str:
    """The whole file."""
    cases = list(_cases())
    parts = [HEAD, "\nareas:\n"]
    parts += [f"  - {{code: {ward.code}, name: {ward.name}}}\n" for ward in WARDS]
    parts += [REST, "\npeople:\n", *map(_person, cases)]
    parts += ["\ncases:\n", *map(_case, cases)]
    parts += ["\nsittings:\n", *_sittings(cases)]
    return "".join(parts)


def _cases() -> Iterator[Made]:
    number = 0
    for ward in WARDS:
        kinds = (
            [("outreach",)] * ward.outreach_only
            + [("outreach", "participation")] * ward.both
            + [("participation",)] * ward.participation_only
            + [("multi_agency",)] * ward.neither
            + [()] * ward.planless
        )
        step = (ENDS - ward.begins).days * 4 // (5 * len(kinds))
        for place, programmes in enumerate(kinds):
            number += 1
            opened_on = _workday(ward.begins + timedelta(days=place * step))
            closed = place < ward.closed
            yield Made(
                number=number,
                ward=ward,
                opened_on=opened_on,
                programmes=programmes,
                closed_on=_closing(opened_on, place) if closed else None,
            )


def _closing(opened_on: date, place: int) -> date:
    """Some months on, and within the period."""
    return _workday(min(opened_on + timedelta(days=150 + 11 * place), date(2025, 3, 27)))


def _sittings(cases: list[Made]) -> Iterator[str]:
    for ward in WARDS:
        step = ((ENDS - ward.begins).days - 14) / ward.meetings
        for place in range(ward.meetings):
            on = _workday(ward.begins + timedelta(days=7 + int(place * step)))
            known = [one for one in cases if one.ward is ward and one.opened_on <= on]
            spoken = known[place % len(known)]
            code = f"{ward.code}-{place + 1:02}"
            yield (
                f"  - {{code: {code}, body: {BODIES[place % 2]}, on: {on},"
                f" cases: [{spoken.alias}], requested_by: 古賀}}\n"
            )


def _person(made: Made) -> str:
    place = made.number - 1
    name = f"{SURNAMES[place % len(SURNAMES)]} {NAMES[place // len(SURNAMES)]}"
    age = 38 + (place * 7) % 45
    return (
        f"  - {{code: P{made.number:02}, name: {name}, area: {made.ward.code},"
        f" about_age: {age}, phone: false}}\n"
    )


def _case(made: Made) -> str:
    said = [
        f"case_no: R-{made.number:03}",
        f"alias: {made.alias}",
        f"person: P{made.number:02}",
        f"area: {made.ward.code}",
        f"state: {made.state}",
        f"opened_on: {made.opened_on}",
    ]
    if made.programmes:
        said.append(f"programmes: [{', '.join(made.programmes)}]")
    else:
        said.append("plan_less: true")
    if made.closed_on is not None:
        said.append(f"closed_on: {made.closed_on}")
    first, *others = said
    return f"  - {first}\n" + "".join(f"    {line}\n" for line in others)


def _workday(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


if __name__ == "__main__":
    FILE.write_text(town_text(), encoding="utf-8")
