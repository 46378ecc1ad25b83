"""The worked case of a family of four (DOMAIN §7, AC-B45), row by row."""

import pytest

from tests.journeys.telling_stories import tell

APPLIED = {f"{who} SERVICE_USE multi_agency" for who in ("K", "K息子", "K娘")}
SHARED = {f"{who} SHARE_MEETING" for who in ("K", "K息子", "K娘")}


@pytest.mark.rule(
    *("R-001", "R-009", "R-027", "R-030", "R-031", "R-034", "R-039", "R-040", "R-043", "R-046"),
    *(
        "R-062",
        "R-090",
        "C1",
        "C2",
        "MK2",
        "MK3",
        "MK4",
        "MK5",
        "P6",
        "P10",
        "M7",
        "M8",
        "DOMAIN-9",
    ),
)
async def test_each_of_four_is_asked_and_what_others_say_of_the_husband_stays_out() -> None:
    nothing_sent: dict[str, object] = {"letters": {}, "link": None}
    told = {"AGENCY_TALK not_applicable": 1}
    asked = {"K SERVICE_USE multi_agency EXPLAINING"}
    found = {**nothing_sent, "state": "DISCOVERED"}
    decided = {**found, "multi_agency": "COORDINATING", "plans": ["multi_agency 1 FINAL"]}
    plan, talk = "PLAN JUSO CLOSED", "INFO_SHARE SHIEN TYPE_CHECKED"
    held = "INFO_SHARE SHIEN CLOSED"
    await tell(
        "worked-b45",
        scenes={
            "1": {"B-45": {**found, "consents": set(), "asked": asked, "contacts": told}},
            "2": {
                "B-45": {
                    **found,
                    "consents": set(),
                    "asked": asked,
                    "contacts": {**told, "OFFICE met": 1},
                }
            },
            "3": {"B-45": {**found, "consents": APPLIED, "asked": set(), "items": []}},
            "4": {"B-45": {**found, "consents": APPLIED, "items": [], "plans": []}},
            "5": {"B-45": {**decided, "consents": APPLIED | SHARED, "items": [plan]}},
            "6": {"B-45": {**decided, "consents": APPLIED | SHARED, "items": [plan, talk]}},
            "7": {
                "B-45": {
                    **decided,
                    "consents": APPLIED | SHARED | {"K SHARE_AGENCY"},
                    "items": [plan, held, held],
                    "papers": ["1 tax"],
                }
            },
            "8": {
                "B-45": {
                    **decided,
                    "consents": APPLIED | SHARED | {"K SHARE_AGENCY"},
                    "items": [plan, held, held],
                }
            },
        },
    )
