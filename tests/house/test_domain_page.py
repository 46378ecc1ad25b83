"""docs/domain.md leaves out no rule of the casework and no row of its machines."""

import re

from core.consent.kinds import ConsentType
from core.consent.ledger import CONSENT_TABLE
from core.courses.multi_agency import MULTI_AGENCY_TABLE
from core.courses.outreach import OUTREACH_TABLE
from core.courses.participation import PARTICIPATION_TABLE
from core.meetings.machine import ROWS as MEETING_ROWS
from core.plans.machine import ROWS as PLAN_ROWS
from core.referrals.machine import ROWS as REFERRAL_ROWS
from tests.house.rule_page import rules
from tests.house.sources import CHECKOUT

PAGE = (CHECKOUT / "docs" / "domain.md").read_text(encoding="utf-8")


def named() -> set[str]:
    """Every id on the page; `R-065〜R-068` names those between, too."""
    found = set(re.findall(r"\b(?:R-\d{3}|[A-Z]{1,2}\d{1,2})\b", PAGE))
    for first, last in re.findall(r"R-(\d{3})〜R-(\d{3})", PAGE):
        found |= {f"R-{number:03}" for number in range(int(first), int(last) + 1)}
    return found


def test_the_page_names_every_rule_of_the_casework() -> None:
    listed = {rule for group in rules().values() for rule in group if rule.startswith("R-")}
    assert sorted(listed - named()) == []


def test_the_page_names_every_row_of_every_machine() -> None:
    rows = {
        *(row.id for row in CONSENT_TABLE),
        *(row.id for row in OUTREACH_TABLE),
        *(row.id for row in PARTICIPATION_TABLE),
        *(row.id for row in MULTI_AGENCY_TABLE),
        *(row.id for row in MEETING_ROWS),
        *(row.row for row in PLAN_ROWS),
        *(row.row for row in REFERRAL_ROWS),
    }
    assert sorted(rows - named()) == []


def test_the_page_names_every_kind_of_consent() -> None:
    assert [kind for kind in ConsentType if f"`{kind.value}`" not in PAGE] == []
