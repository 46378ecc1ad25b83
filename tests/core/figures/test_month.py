"""The month's figures come out of the intake sheets, and out of nothing else."""

from datetime import date
from typing import Any

import pytest

from core.assessments import IntakeAssessment, IntakeRoute, Issue, MemberIssues, Screening
from core.basis import Basis
from core.fields import Field
from core.figures import (
    REPORTED,
    Intake,
    IntakeFigures,
    ReportedItemMissing,
    Sitting,
    figures_of,
    masked,
    require_reported_items,
    total_of,
)
from core.ids import AreaId, AssessmentId, CaseId, PersonId
from tests.people import SUZUKI

EAST, WEST = AreaId("east"), AreaId("west")
NOVEMBER = date(2026, 11, 1)


def intake(
    number: int, *, on: date = date(2026, 11, 10), area: AreaId | None = EAST, **changes: Any
) -> Intake:
    sheet = IntakeAssessment(
        id=AssessmentId(f"sheet-{number}"),
        case_id=CaseId(f"case-{number}"),
        assessed_on=on,
        authors=(SUZUKI.id,),
        **changes,
    )
    return Intake(sheet=sheet, area_id=area)


@pytest.mark.rule("R-086")
def test_what_the_sheets_say_is_what_the_month_says() -> None:
    mother = MemberIssues(person_id=PersonId("m"), issues=frozenset({Issue.DEBT, Issue.POVERTY}))
    father = MemberIssues(person_id=PersonId("f"), issues=frozenset({Issue.DEBT}))
    found = figures_of(
        [
            intake(
                1,
                route=IntakeRoute.AGENCY,
                members=(mother, father),
                fields=frozenset({Field.POVERTY, Field.CHILD}),
                screening=Screening.ACCEPT,
                consent_state="SERVICE_USE(multi_agency)",
            ),
            intake(2, route=IntakeRoute.AGENCY),
            intake(3, area=WEST, route=IntakeRoute.SELF),
        ],
        month=NOVEMBER,
        areas=(EAST, WEST),
    )

    east = found[EAST]
    assert (east.new, east.with_consent) == (2, 1)
    assert east.by_route == {IntakeRoute.AGENCY: 2}
    assert east.by_issue == {Issue.DEBT: 1, Issue.POVERTY: 1}
    assert east.fields == {2: 1, 0: 1}
    assert east.by_screening == {Screening.ACCEPT: 1}
    assert found[WEST].by_route == {IntakeRoute.SELF: 1}


@pytest.mark.rule("R-086")
def test_a_total_is_the_sum_of_its_areas() -> None:
    found = figures_of(
        [intake(n, area=EAST if n % 2 else WEST, route=IntakeRoute.SELF) for n in range(7)],
        month=NOVEMBER,
        areas=(EAST, WEST),
    )
    total = total_of(found.values())
    assert (total.new, total.by_route) == (7, {IntakeRoute.SELF: 7})


def test_a_sheet_of_another_month_does_not_count() -> None:
    sheets = [intake(1, on=date(2026, 10, 31)), intake(2, on=date(2025, 11, 30))]
    assert figures_of(sheets, month=NOVEMBER, areas=(EAST,)) == {EAST: IntakeFigures()}


@pytest.mark.rule("R-001")
def test_a_case_of_no_known_area_is_counted_too() -> None:
    found = figures_of([intake(1, area=None)], month=NOVEMBER, areas=(EAST,))
    assert [(area, one.new) for area, one in found.items()] == [(EAST, 0), (None, 1)]


@pytest.mark.rule("R-053")
def test_sittings_are_counted_by_law_and_order_nothing() -> None:
    many = [Sitting(basis=Basis.SHIEN, on=date(2026, 11, n), area_id=WEST) for n in range(1, 9)]
    one = [Sitting(basis=Basis.JUSO, on=NOVEMBER, area_id=EAST)]
    found = figures_of([], month=NOVEMBER, areas=(EAST, WEST), sittings=[*many, *one])

    assert list(found) == [EAST, WEST]
    assert found[WEST].sittings == {Basis.SHIEN: 8}
    assert found[EAST].sittings == {Basis.JUSO: 1}


@pytest.mark.rule("R-085")
def test_a_form_of_the_towns_own_does_if_it_holds_every_reported_item() -> None:
    require_reported_items([*REPORTED, "町の言葉でのひとこと"])


@pytest.mark.rule("R-085")
def test_a_form_that_lacks_a_reported_item_does_not_replace_the_sheet() -> None:
    with pytest.raises(ReportedItemMissing) as refused:
        require_reported_items([item for item in REPORTED if item != "fields"])
    assert refused.value.facts == {"missing": "fields", "allowed": "INTAKE_ASSESSMENT"}


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5")])
def test_few_people_are_not_told_by_number_in_public(count: int, shown: str) -> None:
    assert masked(count) == shown
