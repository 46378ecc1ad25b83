"""The municipal examples of DOMAIN §5 as stories that ship, held against the record."""

from typing import Any

import pytest

from tests.journeys.telling_stories import TOWN, tell


@pytest.mark.rule("MA-12", "R-001")
async def test_kosaka_s_branch_writes_down_and_sees_how_it_stands() -> None:
    waits = {"queries": ["shakyo>marunet WAITING"]}
    settled = {"queries": ["shakyo>marunet SETTLED"]}
    await tell(
        "town-kosaka", scenes={"1": {TOWN: waits}, "2": {TOWN: settled}, "3": {TOWN: settled}}
    )


@pytest.mark.rule("MA-8", "R-001")
async def test_toyonaka_s_volunteer_passes_on_and_hears_that_it_was_received() -> None:
    opened: dict[str, Any] = {
        "state": "DISCOVERED",
        "items": [],
        "consents": set(),
        "letters": {},
        "contacts": {},
    }
    taken_up: dict[str, Any] = {TOWN: {"queries": ["nandemo>csw TAKEN_UP"]}, "A-1": opened}
    await tell(
        "town-toyonaka",
        scenes={"1": {TOWN: {"queries": ["nandemo>csw WAITING"]}}, "2": taken_up, "3": taken_up},
    )


@pytest.mark.rule("MA-10", "G-15")
async def test_edogawa_reads_on_monday_what_came_on_friday_night_and_nothing_answers() -> None:
    before = {"state": "RELATIONSHIP_BUILDING", "link": "LINKED", "letters": {}, "contacts": {}}
    after = before | {"contacts": {"LINE_IN not_applicable": 1}}
    await tell(
        "town-edogawa", scenes={"1": {"E-8": before}, "2": {"E-8": after}, "3": {"E-8": after}}
    )


@pytest.mark.rule("MA-9", "R-014")
async def test_adachi_goes_along_where_two_things_were_noticed_and_hears_what_came_of_it() -> None:
    here = {"state": "RELATIONSHIP_BUILDING", "items": [], "consents": set(), "letters": {}}
    sent = here | {"sheets": ["COMPANION sent"]}
    await tell(
        "town-adachi",
        scenes={
            "1": {"D-11": here | {"sheets": ["COMPANION written"]}},
            "2": {"D-11": sent},
            "3": {"D-11": sent},
            "4": {"D-11": here | {"sheets": ["COMPANION answered"]}},
            "5": {"D-11": here | {"sheets": ["COMPANION answered"]}},
        },
    )


@pytest.mark.rule("MA-7", "R-010")
async def test_toyota_takes_abuse_to_the_head_office_and_hands_an_elder_s_case_to_hokatsu() -> None:
    here = {"state": "RELATIONSHIP_BUILDING", "lead": "服部", "items": [], "letters": {}}
    asked = here | {"consents": set(), "referrals": []}
    taken = here | {"referrals": ["ACCEPTED"]}
    await tell(
        "town-toyota",
        scenes={
            "1": {"T-21": asked},
            "2": {"T-21": here | {"referrals": ["SENT"]}},
            "3": {"T-21": taken},
            "4": {"T-21": taken | {"lead": "深津"}},
        },
    )


@pytest.mark.rule("MA-11", "R-043")
async def test_yasu_s_tax_facts_stay_out_until_the_person_agrees_in_writing() -> None:
    here = {"state": "RELATIONSHIP_BUILDING", "items": ["INFO_SHARE SHIEN TYPE_CHECKED"]}
    none: dict[str, Any] = {"papers": [], "consents": set(), "letters": {}}
    agreed: dict[str, Any] = {"consents": {"V SHARE_AGENCY"}, "letters": {}}
    await tell(
        "town-yasu",
        scenes={
            "1": {"Y-31": here | none},
            "2": {"Y-31": here | none},
            "3": {"Y-31": here | agreed | {"papers": []}},
            "4": {"Y-31": here | agreed | {"papers": ["1 tax"]}},
        },
    )
