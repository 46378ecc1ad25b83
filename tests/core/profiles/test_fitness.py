"""Presets hold together; blanks are named; a profile without a place to consult is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bots.profiles.reader import preset_names, read_profile
from bots.proofreading import proofreader
from core.basis import Basis
from core.cadence.packs import LetterPack, Phase
from core.meetings.bodies import SeatKind
from core.municipal_profiles.cadence import Cadence, Rhythm
from core.municipal_profiles.fitness import (
    blanks,
    faults,
    verify_as_of,
)
from core.municipal_profiles.profile import (
    Body,
    Desk,
    EffortAsked,
    Escalation,
    Guest,
    MunicipalProfile,
    Place,
    ServiceArea,
    Unsend,
)
from tests.people import TOKYO

TWELVE = {
    "kitakyushu": "北九州市",
    "yokosuka": "横須賀市",
    "komaki": "小牧市",
    "nabari": "名張市",
    "sakai": "坂井市",
    "tokai": "東海村",
    "toyota": "豊田市",
    "toyonaka": "豊中市",
    "adachi": "足立区",
    "edogawa": "江戸川区",
    "yasu": "野洲市",
    "kosaka": "小坂町",
}
OF_THE_MODEL_YEARS = set(TWELVE) - {"kitakyushu", "yokosuka", "komaki"}

OPEN = ServiceArea(code="all", name="市全域", places=(Place(name="窓口"),))
BODY = Body(code="juso", basis=Basis.JUSO, name="重層会議")
GOOD = MunicipalProfile(key="own", name="わが町", bodies=(BODY,), areas=(OPEN,))


def test_the_twelve_presets_and_the_practice_town_ship() -> None:
    assert set(preset_names()) == {*TWELVE, "midori"}
    assert {name: read_profile(name).name for name in TWELVE} == TWELVE
    assert read_profile("midori").fictional


@pytest.mark.parametrize("name", [*TWELVE, "midori"])
def test_a_preset_holds_together_and_says_honestly_whether_it_has_blanks(name: str) -> None:
    profile = read_profile(name)
    assert profile.key == name
    assert faults(profile) == ()
    assert profile.complete == (not blanks(profile))
    assert profile.fictional or profile.source


@pytest.mark.parametrize("name", sorted(TWELVE))
def test_what_is_of_the_model_years_is_marked_to_be_verified(name: str) -> None:
    profile = read_profile(name)
    assert (verify_as_of(profile) is not None) == (name in OF_THE_MODEL_YEARS)
    if name in OF_THE_MODEL_YEARS:
        assert {body.basis for body in profile.bodies} <= {Basis.CASE, Basis.OTHER}


@pytest.mark.parametrize("name", sorted(TWELVE))
def test_what_a_preset_assumes_is_a_value_that_stands_in_it(name: str) -> None:
    for key in read_profile(name).assumed:
        found: object = read_profile(name)
        for part in key.split("."):
            found = found[int(part)] if isinstance(found, tuple) else getattr(found, part)
        assert found


@pytest.mark.rule("R-094")
def test_an_area_without_a_published_place_makes_a_profile_invalid() -> None:
    hidden = replace(OPEN, code="hidden", places=(Place(name="奥の部屋", published=False),))
    (fault,) = faults(replace(GOOD, areas=(OPEN, hidden)))
    assert (fault.key, fault.rule) == ("areas.1.places", "R-094")
    (fault,) = faults(replace(GOOD, areas=()))
    assert (fault.key, fault.rule) == ("areas", "R-094")
    assert faults(GOOD) == ()


@pytest.mark.rule("R-094")
def test_what_a_preset_leaves_blank_is_named() -> None:
    assert "areas.0.places" in {fault.key for fault in blanks(read_profile("kitakyushu"))}
    assert blanks(read_profile("yokosuka")) == blanks(read_profile("midori")) == ()


def body(**changes: object) -> MunicipalProfile:
    return replace(GOOD, bodies=(replace(BODY, **changes),))  # type: ignore[arg-type]


def meets(rhythm: Rhythm, **more: object) -> MunicipalProfile:
    return body(cadence=Cadence(rhythm=rhythm, **more))  # type: ignore[arg-type]


RELATIVE = Guest(title="親族", seat=SeatKind.FAMILY, temporary=False)
WRONG: dict[str, tuple[Callable[[], MunicipalProfile], str]] = {
    "bodies.0.name": (lambda: body(name=" "), "own name"),
    "bodies.code": (
        lambda: replace(GOOD, bodies=(BODY, replace(BODY, basis=Basis.CASE))),
        "stands there 2 times",
    ),
    "bodies": (
        lambda: replace(GOOD, bodies=(BODY, replace(BODY, code="other"))),
        "one body of kind JUSO",
    ),
    "bodies.0.guests.0.temporary": (
        lambda: body(basis=Basis.SHIEN, guests=(RELATIVE,)),
        "notice of secrecy",
    ),
    "bodies.0.cadence.dates": (lambda: meets(Rhythm.FIXED_DATES), "at least one day"),
    "bodies.0.cadence.times": (lambda: meets(Rhythm.TIMES_A_YEAR, times=0), "1 or more"),
    "bodies.0.cadence.every_months": (
        lambda: meets(Rhythm.EVERY_MONTHS, every_months=13),
        "from 1 to 12",
    ),
    "bodies.0.cadence.days": (
        lambda: meets(Rhythm.TIMES_A_MONTH, times=2, days=(10,)),
        "2 a month need 2 days, here are 1",
    ),
    "bodies.0.cadence.months": (
        lambda: meets(Rhythm.TIMES_A_YEAR, times=4, months=(5, 8)),
        "make 2",
    ),
    "escalation.body": (
        lambda: replace(GOOD, escalation=Escalation(least_fields=3, body="nowhere")),
        "known are juso",
    ),
    "desks.0.passes_to": (
        lambda: replace(GOOD, desks=(Desk(code="a", name="窓口", passes_to="b"),)),
        'no desk has the code "b"',
    ),
    "effort.home_visits": (
        lambda: replace(GOOD, effort=EffortAsked(home_visits=0)),
        "one or more",
    ),
}


@pytest.mark.parametrize("key", WRONG)
def test_what_contradicts_itself_is_told_with_its_key(key: str) -> None:
    profile, sentence = WRONG[key]
    assert [fault for fault in faults(profile()) if fault.key == key and sentence in fault.sentence]


def test_five_a_year_need_their_months_named() -> None:
    (fault,) = faults(meets(Rhythm.TIMES_A_YEAR, times=5))
    assert fault.key == "bodies.0.cadence.months"
    assert "name the months" in fault.sentence


def test_a_rhythm_of_the_towns_own_is_read_and_what_is_wrong_with_it_is_said() -> None:
    assert [pack.key for pack in read_profile("midori").letter_packs] == ["midori-haru"]
    empty = LetterPack(key="own", name="わが町のたより")
    uneven = replace(empty, phases=(Phase(for_months=5, every_months=2),))
    found = faults(replace(GOOD, letter_packs=(empty, uneven)))
    assert [(fault.key, fault.sentence) for fault in found] == [
        ("letter_packs.key", found[0].sentence),
        ("letter_packs.0", "a rhythm needs days, months or phases"),
        ("letter_packs.1", "for_months of a phase is a multiple of its every_months"),
    ]


@pytest.mark.rule("S1")
@pytest.mark.parametrize("code", ["L5", "L6", "L12", "L13", "L14", "L16", "l1"])
def test_what_never_stands_cannot_be_let_stand(code: str) -> None:
    profile = read_profile("midori")
    lenient = replace(profile, wording=replace(profile.wording, excusable=("L1", code)))
    (fault,) = faults(lenient)
    assert (fault.key, fault.rule) == ("wording.excusable.1", "S1")
    assert "L1, L2, L3, L4, L7, L8, L9, L10, L11, L15" in fault.sentence


@pytest.mark.rule("S1")
def test_no_town_lets_anything_stand_unless_it_says_so() -> None:
    for name in preset_names():
        assert read_profile(name).wording.excusable == ()
    profile = read_profile("midori")
    lenient = replace(profile, wording=replace(profile.wording, excusable=("L1", "L8", "L15")))
    assert faults(lenient) == ()
    assert proofreader(tz=TOKYO, profile=lenient).excusable == {"L1", "L8", "L15"}


@pytest.mark.rule("DOMAIN-9")
def test_what_is_taken_back_is_kept_with_a_reason_only() -> None:
    for name in preset_names():
        assert not read_profile(name).unsend.keeps
    profile = read_profile("midori")
    (fault,) = faults(replace(profile, unsend=Unsend(keeps=True, reason=" ")))
    assert (fault.key, fault.rule) == ("unsend.reason", "DOMAIN-9")
    assert faults(replace(profile, unsend=Unsend(keeps=True, reason="公文書管理規則"))) == ()
