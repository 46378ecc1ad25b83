"""The shipped story of a meeting without consent, held against the record scene by scene."""

import pytest

from tests.journeys.telling_stories import tell


@pytest.mark.rule("R-039", "R-040", "R-041", "R-045", "R-082", "M4", "M5", "M6", "M7", "M8")
async def test_what_nobody_agreed_to_share_comes_before_the_support_meeting_only() -> None:
    await tell(
        "no-consent-meeting",
        scenes={
            "1": {"A-23": {"state": "PRE_COORDINATION", "items": [], "consents": set()}},
            "2": {"A-23": {"items": ["INFO_SHARE SHIEN TYPE_CHECKED"]}},
            "3": {"A-23": {"items": ["INFO_SHARE SHIEN SCHEDULED"]}},
            "4": {"A-23": {"items": ["INFO_SHARE SHIEN CONVENED"]}},
            "5": {"A-23": {"items": ["INFO_SHARE SHIEN HELD"]}},
            "6": {"A-23": {"items": ["INFO_SHARE SHIEN MINUTES_DRAFT"]}},
            "7": {"A-23": {"items": ["INFO_SHARE SHIEN MINUTES_CONFIRMED"]}},
            "8": {
                "A-23": {
                    "state": "PRE_COORDINATION",
                    "items": ["INFO_SHARE SHIEN CLOSED"],
                    "consents": set(),
                    "letters": {},
                }
            },
        },
    )
