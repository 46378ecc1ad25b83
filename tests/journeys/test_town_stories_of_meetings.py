"""MA-1 to MA-6 (DOMAIN §5) as stories that ship, held against the record scene by scene."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.journeys.telling_stories import tell


@pytest.mark.rule("MA-3", "R-090", "R-049")
async def test_komaki_prompts_at_the_third_field_and_asks_for_nothing() -> None:
    untouched = {"state": "PRE_COORDINATION", "items": [], "consents": set(), "letters": {}}
    await tell(
        "town-komaki",
        scenes={"1": {"M-3": untouched}, "2": {"M-3": untouched}, "3": {"M-3": untouched}},
    )


@pytest.mark.rule("MA-1", "R-039", "R-041", "R-046", "R-091")
async def test_kitakyushu_meets_as_tsunagari_until_the_person_agrees_to_share() -> None:
    called = {"T-7": {"items": ["INFO_SHARE SHIEN SCHEDULED"], "consents": set()}}
    await tell(
        "town-kitakyushu",
        scenes={
            "1": {"T-7": {"items": ["INFO_SHARE SHIEN TYPE_CHECKED"], "consents": set()}},
            "3": called,
            "4": {"T-7": {"items": ["INFO_SHARE SHIEN CONVENED"], "consents": set()}},
            "5": {
                "T-7": {
                    "items": ["INFO_SHARE SHIEN CONVENED", "PLAN SHIEN TYPE_CHECKED"],
                    "consents": {"T SERVICE_USE outreach", "T SHARE_MEETING"},
                }
            },
            "6": {
                "T-7": {
                    "state": "RELATIONSHIP_BUILDING",
                    "items": ["INFO_SHARE SHIEN CONVENED", "PLAN JUSO TYPE_CHECKED"],
                    "letters": {},
                }
            },
        },
    )


@pytest.mark.rule("MA-2", "R-001", "R-039")
async def test_yokosuka_offers_food_and_hears_nothing_without_consent() -> None:
    opened = {"state": "RECEIVED", "items": [], "consents": set(), "letters": {}, "contacts": {}}
    await tell("town-yokosuka", scenes={"2": {"A-1": opened}, "3": {"A-1": opened}})


@pytest.mark.rule("MA-5", "M3", "R-049")
async def test_sakai_writes_by_two_agencies_and_meets_on_the_next_fixed_day() -> None:
    case = {"state": "RELATIONSHIP_BUILDING", "letters": {}}
    await tell(
        "town-sakai",
        scenes={
            "1": {"S-1": case | {"items": [], "consents": set()}},
            "2": {"S-1": case | {"consents": {"S SHARE_MEETING"}}},
            "3": {"S-1": case | {"items": ["PROGRESS CASE SCHEDULED"]}},
        },
    )


@pytest.mark.rule("MA-6", "R-053")
async def test_tokai_counts_its_studies_and_is_told_in_february_what_is_missing() -> None:
    held = "PROGRESS CASE HELD"
    agreed: Mapping[str, Mapping[str, Any]] = {
        "U-1": {"consents": {"U SHARE_MEETING"}, "items": [], "letters": {}}
    }
    two: Mapping[str, Mapping[str, Any]] = {"U-1": {"items": [held, held]}}
    await tell(
        "town-tokai",
        scenes={
            "1": agreed,
            "2": {"U-1": {"items": [held]}},
            "3": two,
            "4": two,
            "5": {"U-1": {"items": [held, held, held], "state": "RELATIONSHIP_BUILDING"}},
        },
    )


@pytest.mark.rule("MA-4", "R-048", "R-054")
async def test_nabari_tells_the_directors_of_the_fields_and_talks_at_any_time() -> None:
    case = {"state": "RELATIONSHIP_BUILDING", "letters": {}}
    talk = {
        "N-1": case | {"items": ["PROGRESS CASE TYPE_CHECKED"], "consents": {"N SHARE_MEETING"}}
    }
    await tell(
        "town-nabari",
        scenes={
            "1": {"N-1": case | {"items": [], "consents": set()}},
            "2": talk,
            "3": {
                "N-1": case
                | {"items": ["PROGRESS CASE TYPE_CHECKED", "INFO_SHARE OTHER TYPE_CHECKED"]}
            },
        },
    )
