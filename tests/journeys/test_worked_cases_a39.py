"""Worked case AC-A39 as a shipped story, held against the record row by row."""

from typing import Any, Final

import pytest

from tests.journeys.telling_stories import tell

CASE: Final = "A-7"
APPLIED: Final = {"J SERVICE_USE multi_agency"}
ASKED: Final = {"J夫 INFO_COLLECT EXPLAINING", "J娘 INFO_COLLECT EXPLAINING"}
ANSWERED: Final = APPLIED | {"J夫 INFO_COLLECT", "J娘 INFO_COLLECT"}
EARLY: Final = ANSWERED | {"J SERVICE_USE participation", "J SHARE_AGENCY"}
SHARED: Final = EARLY | {"J SHARE_MEETING"}
NO_LETTERS: Final[dict[str, Any]] = {"state": "RECEIVED", "letters": {}, "link": None}
SCENES: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "1": {
        CASE: {
            **NO_LETTERS,
            "multi_agency": "RECEIVED",
            "participation": None,
            "consents": APPLIED,
            "asked": set(),
            "items": [],
            "gaps": [],
            "referrals": ["FEEDBACK_DUE"],
        }
    },
    "2": {
        CASE: {
            **NO_LETTERS,
            "consents": APPLIED,
            "asked": ASKED,
            "items": [],
            "contacts": {"VISIT met": 1},
            "referrals": ["DONE"],
        }
    },
    "3": {
        CASE: {
            **NO_LETTERS,
            "consents": ANSWERED,
            "asked": set(),
            "items": [],
            "gaps": ["OPEN"],
        }
    },
    "4": {
        CASE: {
            **NO_LETTERS,
            "participation": "MATCHING",
            "consents": EARLY,
            "items": [],
            "plans": [],
            "matches": ["TRIAL"],
            "gaps": ["OPEN"],
        }
    },
    "5": {
        CASE: {
            **NO_LETTERS,
            "participation": "MATCHING",
            "multi_agency": "COORDINATING",
            "consents": SHARED,
            "items": ["PLAN JUSO MINUTES_CONFIRMED"],
            "plans": ["multi_agency 1 FINAL", "participation 1 FINAL"],
        }
    },
    "6": {
        CASE: {
            **NO_LETTERS,
            "consents": SHARED,
            "items": ["PLAN JUSO MINUTES_CONFIRMED"],
            "matches": ["TRIAL", "TRIAL"],
            "gaps": ["CLOSED"],
            "contacts": {
                "VISIT met": 1,
                "AGENCY_TALK not_applicable": 1,
                "PHONE met": 1,
                "LEAFLET_DROP not_applicable": 1,
            },
        }
    },
    "7": {
        CASE: {
            **NO_LETTERS,
            "participation": "KEEP_IN_TOUCH",
            "consents": SHARED,
            "items": ["PLAN JUSO MINUTES_CONFIRMED", "CLOSE JUSO MINUTES_CONFIRMED"],
            "plans": ["multi_agency 1 FINAL", "participation 1 CLOSED"],
            "matches": ["STABLE", "TRIAL"],
        }
    },
}


@pytest.mark.rule(
    *("AC-A39", "R-001", "R-009", "R-012", "R-051", "R-060", "R-061", "R-062", "R-064", "R-065"),
    *("R-002", "R-003", "R-006", "R-014", "PT1", "MK1", "P8", "P16", "C2"),
    *("F1", "F2", "F3", "F4", "F5", "F7", "F8"),
)
async def test_the_mother_of_39_her_husband_and_her_daughter_of_10_row_by_row() -> None:
    await tell("worked-a39", scenes=SCENES)
