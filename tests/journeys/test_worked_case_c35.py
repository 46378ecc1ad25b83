"""AC-C35 (DOMAIN §7) as the story that ships, held against the record row by row."""

from typing import Any

import pytest

from tests.journeys.telling_stories import tell

OF_C = {"L SERVICE_USE multi_agency", "L SERVICE_USE participation"}
OF_DAUGHTER = {"L娘 SERVICE_USE participation", "L娘 SHARE_AGENCY"}
OF_WIFE = {"L妻 SERVICE_USE participation"}
FIRM = {"L妻 SHARE_AGENCY"}
TABLE = {"L SHARE_MEETING", "L娘 SHARE_MEETING", "L妻 SHARE_MEETING"}
QUIET: dict[str, Any] = {"letters": {}, "link": None, "referrals": []}


@pytest.mark.rule(
    "R-001", "R-009", "R-061", "R-064", "R-051", "R-039", "P6", "P8", "PT6", "DOMAIN-2.4"
)
async def test_three_people_of_one_home_go_on_each_by_their_own_consent() -> None:
    received = QUIET | {"state": "RECEIVED", "items": [], "plans": []}
    final = {
        "plans": ["multi_agency 1 FINAL", "participation 1 FINAL"],
        "items": ["PLAN JUSO MINUTES_CONFIRMED"],
    }
    everybody = OF_C | OF_DAUGHTER | OF_WIFE | FIRM | TABLE
    decided = QUIET | final | {"state": "RECEIVED", "participation": "MATCHING"}
    after = decided | {
        "multi_agency": "COORDINATING",
        "consents": everybody,
        "matches": ["TRIAL", "TRIAL", "TRIAL"],
        "gaps": ["CLOSED"],
    }
    await tell(
        "worked-c35",
        scenes={
            "1": {
                "A-7": received
                | {
                    "participation": "RECEIVED",
                    "multi_agency": "RECEIVED",
                    "consents": OF_C,
                    "matches": [],
                }
            },
            "2": {
                "A-7": received
                | {
                    "participation": "MATCHING",
                    "multi_agency": "RECEIVED",
                    "consents": OF_C | OF_DAUGHTER,
                    "matches": ["TRIAL"],
                }
            },
            "3": {
                "A-7": received
                | {
                    "consents": OF_C | OF_DAUGHTER | OF_WIFE,
                    "matches": ["TRIAL", "TRIAL"],
                    "gaps": [],
                }
            },
            "4": {
                "A-7": received
                | {
                    "consents": OF_C | OF_DAUGHTER | OF_WIFE | FIRM,
                    "matches": ["TRIAL", "TRIAL", "TRIAL"],
                    "gaps": ["CLOSED"],
                }
            },
            "5": {"A-7": after},
            "6": {
                "A-7": after
                | {"participation": "SETTLING", "matches": ["TRIAL", "ENDED", "STABLE"]}
            },
        },
    )
