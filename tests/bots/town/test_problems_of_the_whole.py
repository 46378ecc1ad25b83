"""What can be wrong with providers, members of households, marks, places and tables."""

import pytest

from bots.profiles.reader import profile_of
from tests.bots.town.small import Desk, line_of, small

HOME = "  - {code: home, label: 北の家, area: kita}\n"
NPO = "  - {code: npo, name: みなも}\n"
MORI = "    agency: npo\n"
SECOND = "    name: 架空 二葉\n"
PEOPLE = "people:\n"
CASES = "cases:\n"

FAULTS = {
    "a provider twice": (
        (
            NPO,
            NPO + "providers:\n  - {agency: npo, programme: outreach}\n"
            "  - {agency: npo, programme: outreach}\n",
        ),
        "providers.1.programme",
        "is there already (providers.0)",
    ),
    "a provider nobody knows": (
        (NPO, NPO + "providers:\n  - {agency: npx, programme: outreach}\n"),
        "providers.0.agency",
        'did you mean "npo"?',
    ),
    "an item that is none of the programme": (
        (NPO, NPO + "providers:\n  - {agency: npo, programme: outing}\n"),
        "providers.0.programme",
        "must be one of",
    ),
    "an area that is not there": (
        (NPO, "  - {code: npo, name: みなも, areas: [minami]}\n"),
        "agencies.0.areas",
        'no area "minami"',
    ),
    "a field of help that is none": (
        (NPO, "  - {code: npo, name: みなも, fields: [ELDERS]}\n"),
        "agencies.0.fields.0",
        "must be one of",
    ),
    "a contract without a day": (
        (NPO, "  - {code: npo, name: みなも, contract_until: soon}\n"),
        "agencies.0.contract_until",
        "must be a day",
    ),
    "a member nobody knows": (
        (HOME, HOME[:-2] + ", members: [{person: P9}]}\n"),
        "households.0.members.0.person",
        'no person "P9"',
    ),
    "a member who says otherwise": (
        (HOME, HOME[:-2] + ", members: [{person: P2}]}\n"),
        "households.0.members.0.person",
        '"P2" has no household by its own entry; write household: home there',
    ),
    "a mark that nobody sees": (
        (SECOND, SECOND + "    care: [{care: dv_victim, cleared: []}]\n"),
        "people.1.care.0.cleared",
        "must not be empty",
    ),
    "a mark for somebody unknown": (
        (SECOND, SECOND + "    care: [{care: dv_victim, cleared: [nobody]}]\n"),
        "people.1.care.0.cleared",
        'no member of staff "nobody"',
    ),
    "an age of a tree": (
        (SECOND, SECOND + "    about_age: 300\n"),
        "people.1.about_age",
        "must be 130 or less",
    ),
    "a place without a host": (
        (CASES, "places:\n  - {code: p, kind: SALON, name: えんがわ, host: npx}\n" + CASES),
        "places.0.host",
        'did you mean "npo"?',
    ),
    "a seat at no table": (
        (MORI, MORI + "    sits_as: [OUTREACH]\n    sits_in: [juso]\n"),
        "staff.0.sits_in",
        "name one under town: profile",
    ),
    "somebody who stands for nothing": (
        (MORI, MORI + "    sits_in: [juso]\n"),
        "staff.0.sits_in",
        "say under sits_as",
    ),
    "a profile that is not there": (
        ("account_name: ひなたのたより}", "account_name: ひなたのたより, profile: atlantis}"),
        "town.profile",
        "there is no such profile",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_named_with_its_field(desk: Desk, fault: str) -> None:
    change, field, sentence = FAULTS[fault]
    problems = desk.problems(small(change))

    assert any(p.field == field and sentence in p.sentence for p in problems), problems


def test_a_table_that_the_profile_does_not_have_is_named_with_those_it_has(desk: Desk) -> None:
    text = small(
        ("account_name: ひなたのたより}", "account_name: ひなたのたより, profile: midori}"),
        (MORI, MORI + "    sits_as: [OUTREACH]\n    sits_in: [juso, jusou]\n"),
    )
    (only,) = desk.problems(text)

    assert only.sentence == 'the profile "midori" has no body "jusou"; it has case, juso, shien'
    assert only.line == line_of(text, "sits_in")


def test_a_profile_that_lies_beside_the_town_file_is_found_there(desk: Desk) -> None:
    named = ("account_name: ひなたのたより}", "account_name: ひなたのたより, profile: hinata.toml}")
    (missing,) = desk.problems(small(named))
    assert missing.field == "town.profile"
    beside = desk.file.with_name("hinata.toml")
    places = '[[areas]]\ncode = "a"\nname = "全域"\nplaces = [{ name = "窓口" }]\n'
    beside.write_text(f'key = "hinata"\nname = "ひなた市"\n{places}', encoding="utf-8")
    town = desk.read(small(named))
    assert town.profile == str(beside)
    assert profile_of(town).name == "ひなた市"
