"""Worked case AC-H51 as a shipped story, held against the record row by row."""

from typing import Any, Final

import pytest

from tests.journeys.telling_stories import tell

SON: Final = "A-7"
FATHER: Final = "A-8"
FATHERS: Final = {"G父 SERVICE_USE multi_agency", "G父 SHARE_MEETING"}
LINE_ONLY: Final = FATHERS | {"G CHANNEL_LINE"}
AGREED: Final = LINE_ONLY | {
    "G SERVICE_USE outreach",
    "G SERVICE_USE multi_agency",
    "G SHARE_MEETING",
}
ENDORSED: Final = ["PLAN SHIEN CLOSED"]
APPROVED: Final = [*ENDORSED, "PLAN JUSO CLOSED"]
AT_HOME: Final[dict[str, Any]] = {"state": "RECEIVED", "multi_agency": "COORDINATING"}
SCENES: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "1": {
        SON: {
            "state": "DISCOVERED",
            "consents": set(),
            "items": [],
            "letters": {},
            "contacts": {},
            "link": None,
        }
    },
    "2": {
        SON: {
            "state": "PRE_COORDINATION",
            "consents": FATHERS,
            "items": [],
            "letters": {},
            "contacts": {"FAMILY_TALK met": 1},
        },
        FATHER: {"state": "RECEIVED", "multi_agency": "RECEIVED", "consents": FATHERS},
    },
    "3": {
        SON: {
            "state": "PRE_COORDINATION",
            "consents": FATHERS,
            "items": ENDORSED,
            "plans": ["outreach 1 ENDORSED"],
            "letters": {},
        },
        FATHER: {
            **AT_HOME,
            "items": ["PLAN JUSO MINUTES_CONFIRMED"],
            "plans": ["multi_agency 1 FINAL"],
        },
    },
    "4": {
        SON: {
            "state": "RELATIONSHIP_BUILDING",
            "consents": FATHERS,
            "items": ENDORSED,
            "plans": ["outreach 1 IN_FORCE_PRECONSENT"],
            "letters": {},
            "contacts": {
                "FAMILY_TALK met": 1,
                "VISIT absent": 1,
                "LETTER letter_left": 1,
                "LEAFLET_DROP not_applicable": 1,
            },
        }
    },
    # Beside what we write goes the standing text that answers the code.
    "5": {
        SON: {
            "state": "RELATIONSHIP_BUILDING",
            "link": "LINKED",
            "consents": LINE_ONLY,
            "items": ENDORSED,
            "letters": {"SENT": 2},
        }
    },
    "6": {
        SON: {
            "state": "RELATIONSHIP_BUILDING",
            "consents": LINE_ONLY,
            "items": ENDORSED,
            "letters": {"SENT": 4},
        }
    },
    "7": {
        SON: {
            "state": "RELATIONSHIP_BUILDING",
            "consents": LINE_ONLY,
            "items": ENDORSED,
            "letters": {"SENT": 4, "CANCELLED": 1},
        },
        FATHER: {**AT_HOME, "contacts": {"AGENCY_TALK not_applicable": 1}, "letters": {}},
    },
    "8": {
        SON: {
            "state": "RELATIONSHIP_BUILDING",
            "consents": LINE_ONLY,
            "items": ENDORSED,
            "letters": {"SENT": 5, "CANCELLED": 1},
        }
    },
    "9": {
        SON: {
            "state": "CONSENTED",
            "consents": AGREED,
            "items": ENDORSED,
            "letters": {"SENT": 5, "CANCELLED": 1},
        }
    },
    "10": {
        SON: {
            "state": "CONTINUING_SUPPORT",
            "consents": AGREED,
            "items": APPROVED,
            "plans": ["outreach 1 IN_FORCE", "outreach 1 SUPERSEDED"],
            "letters": {"SENT": 5, "CANCELLED": 1},
        }
    },
    "11": {
        SON: {"state": "CONTINUING_SUPPORT", "items": APPROVED},
        FATHER: {
            **AT_HOME,
            "consents": AGREED | {"G父 SHARE_AGENCY"},
            "items": [
                "PLAN JUSO MINUTES_CONFIRMED",
                "REPLAN JUSO MINUTES_CONFIRMED",
                "REPLAN JUSO MINUTES_CONFIRMED",
            ],
            "plans": ["multi_agency 1 SUPERSEDED", "multi_agency 2 IN_FORCE"],
        },
    },
    "12": {
        SON: {
            "state": "FOLLOW_UP",
            "items": [*APPROVED, "CLOSE JUSO CLOSED"],
            "plans": ["outreach 1 CLOSED", "outreach 1 SUPERSEDED"],
            "letters": {"SENT": 7, "CANCELLED": 1},
        }
    },
    # The day on which following up ends: what he agreed to on the case ends with it, his father's
    # does not. His own line to us stays, so that whoever he writes to can answer (C7, G-21).
    "13": {
        SON: {
            "state": "FOLLOW_UP",
            "link": "LINKED",
            "consents": LINE_ONLY | {"G父 SHARE_AGENCY"},
            "letters": {"SENT": 7, "CANCELLED": 1},
        }
    },
    "14": {
        SON: {
            "state": "FOLLOW_UP",
            "consents": LINE_ONLY | {"G父 SHARE_AGENCY"},
            "letters": {"SENT": 8, "CANCELLED": 1},
        }
    },
}


@pytest.mark.rule(
    *("AC-H51", "R-020", "R-021", "R-022", "R-027", "R-030", "R-039", "R-052", "R-062", "R-069"),
    *("O1", "O5", "O6", "O7", "O9", "O10", "O12", "P4", "P8", "P15", "P18", "S5", "C7", "C8"),
    *("P6", "P10", "P11", "G-21"),
)
async def test_the_withdrawn_man_of_51_and_his_father_of_79_row_by_row() -> None:
    await tell("worked-h51", scenes=SCENES)
