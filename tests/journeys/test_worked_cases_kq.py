"""The two worked cases from 北九州市 (DOMAIN §7), row by row: what the record says after each."""

from datetime import date

import pytest

from bots.reports.results import results_json
from bots.wiring import House
from core.usecases.figures.report_results import report_results
from tests.journeys.telling_stories import AtTheEnd, tell
from tests.people import TOKYO

CHANNEL = "M CHANNEL_LINE"
APPLIED = "M SERVICE_USE outreach"
SHARED = "M SHARE_MEETING"
TO_AGENCIES = "M SHARE_AGENCY"
ITEMS = ("new", "outreach", "participation", "closed", "continuing", "meetings")


def ward(name: str, *figures: int) -> AtTheEnd:
    """What the table of results says of a ward when the story is over, in the order of `ITEMS`."""

    async def holds(house: House) -> None:
        report = await report_results(
            house.uow,
            since=date(2026, 4, 1),
            until=date(2027, 3, 31),
            by=None,
            at=house.clock.now(),
            tz=TOKYO,
        )
        (told,) = [one for one in results_json(report)["areas"] if one["area"] == name]
        assert tuple(told[item] for item in ITEMS) == figures

    return holds


TRIED = {"LETTER letter_left": 1, "VISIT absent": 1, "VISIT voice_only": 1, "VISIT met": 1}


@pytest.mark.rule(
    *("R-020", "R-021", "R-022", "R-030", "R-031", "R-032", "R-039", "R-062", "R-066", "R-069"),
    *("R-091", "G-21", "O1", "O5", "O6", "O7", "O10", "O12", "P4", "P8", "P16", "MA-1"),
)
async def test_a_man_alone_without_income_is_gone_along_with_until_his_pension_comes() -> None:
    # Stats delta of DOMAIN §7: new +1, outreach +1, closed +1, meetings +3.
    await tell(
        "worked-kq1",
        then=ward("戸畑区", 1, 1, 0, 1, 0, 3),
        scenes={
            "1": {
                "K-1": {
                    "state": "PRE_COORDINATION",
                    "items": ["PLAN SHIEN CLOSED"],
                    "plans": ["outreach 1 IN_FORCE_PRECONSENT"],
                    "consents": set(),
                    "letters": {},
                    "contacts": {"LETTER letter_left": 1},
                    "link": None,
                }
            },
            "2": {
                "K-1": {
                    "state": "CONSENTED",
                    "items": ["PLAN SHIEN CLOSED"],
                    "consents": {CHANNEL, APPLIED},
                    "contacts": {**TRIED, "LINE_OUT not_applicable": 1},
                    "letters": {"SENT": 1},
                    "link": "LINKED",
                }
            },
            "3": {
                "K-1": {
                    "state": "CONTINUING_SUPPORT",
                    "items": ["PLAN SHIEN CLOSED", "PLAN JUSO CLOSED"],
                    "plans": ["outreach 1 IN_FORCE", "outreach 1 SUPERSEDED"],
                    "consents": {CHANNEL, APPLIED, SHARED},
                    "letters": {"SENT": 1},
                }
            },
            "4": {
                "K-1": {
                    "state": "CONTINUING_SUPPORT",
                    "consents": {CHANNEL, APPLIED, SHARED, TO_AGENCIES},
                    "contacts": {**TRIED, "LINE_OUT not_applicable": 1, "ACCOMPANY met": 2},
                    "letters": {"SENT": 1},
                }
            },
            "5": {
                "K-1": {
                    "state": "FOLLOW_UP",
                    "items": ["PLAN SHIEN CLOSED", "PLAN JUSO CLOSED", "CLOSE JUSO CLOSED"],
                    "plans": ["outreach 1 CLOSED", "outreach 1 SUPERSEDED"],
                    "consents": {CHANNEL, APPLIED, SHARED, TO_AGENCIES},
                    "letters": {"SENT": 3},
                }
            },
        },
    )


@pytest.mark.rule(
    *("R-060", "R-062", "R-064", "R-065", "R-069", "R-073", "R-091", "PT2", "PT3", "PT4"),
    *("PT6", "PT9", "PT10", "P8", "P16"),
)
async def test_a_man_without_exchange_finds_people_to_have_lunch_with() -> None:
    agreed = {"N SERVICE_USE participation", "N SHARE_MEETING"}
    known = agreed | {"N CHANNEL_LINE", "N SHARE_AGENCY"}
    planned = {"plans": ["participation 1 IN_FORCE"], "items": ["PLAN JUSO CLOSED"]}
    # The greeting after linking, and the one leaflet; nothing else is ever sent.
    sent = {"letters": {"SENT": 2}, "consents": known}
    along = {"ACCOMPANY met": 1, "LINE_OUT not_applicable": 2}
    alone = {**along, "AGENCY_TALK not_applicable": 1}
    # Stats delta of DOMAIN §7: new +1, participation +1; and here it is closed, in two sittings.
    await tell(
        "worked-kq2",
        then=ward("八幡東区", 1, 0, 1, 1, 0, 2),
        scenes={
            "1": {
                "K-2": {
                    **planned,
                    "state": "RECEIVED",
                    "participation": "MATCHING",
                    "consents": agreed,
                    "letters": {},
                    "matches": [],
                }
            },
            "2": {
                "K-2": {
                    **planned,
                    **sent,
                    "participation": "MATCHING",
                    "matches": ["TRIAL"],
                    "contacts": along,
                }
            },
            "3": {
                "K-2": {
                    **planned,
                    **sent,
                    "participation": "SETTLING",
                    "matches": ["SETTLING"],
                    "contacts": alone,
                }
            },
            "4": {"K-2": {**planned, **sent, "participation": "SETTLING", "matches": ["STABLE"]}},
            "5": {
                "K-2": {
                    **sent,
                    "state": "CLOSED",
                    "participation": "KEEP_IN_TOUCH",
                    "items": ["PLAN JUSO CLOSED", "CLOSE JUSO CLOSED"],
                    "plans": ["participation 1 CLOSED"],
                    "matches": ["STABLE"],
                }
            },
        },
    )
