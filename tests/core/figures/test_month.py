"""The month's figures come out of the intake sheets and the records, and out of nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.assessments import IntakeAssessment, IntakeRoute, Issue, MemberIssues, Screening
from core.basis import Basis
from core.fields import Field
from core.figures.counting import age_band, flows_of, stocks_of
from core.figures.masking import COVERED, MASK, masked, masked_row
from core.figures.month import (
    MonthFigures,
    Topic,
    build_month,
    last_finished,
    last_of,
    year_begins,
)
from core.figures.records import Deed, MonthRecords, PlaceSeen, Sat, SheetSeen, SittingItem, Touch
from core.figures.reported import ReportedItemMissing, require_reported_items
from core.figures.results import HeldSitting
from core.ids import AgencyId, AreaId, AssessmentId, CaseId, PersonId
from core.meetings.items import AgendaPurpose
from core.municipal_profiles.own_forms import REPORTED
from tests.people import A12, SUZUKI, A

EAST, WEST = AreaId("east"), AreaId("west")
NOVEMBER = date(2026, 11, 1)


def seen(
    number: int, *, on: date = date(2026, 11, 10), area: AreaId | None = EAST, **changes: Any
) -> SheetSeen:
    sheet = IntakeAssessment(
        id=AssessmentId(f"sheet-{number}"),
        case_id=CaseId(f"case-{number}"),
        assessed_on=on,
        authors=(SUZUKI.id,),
        **changes,
    )
    return SheetSeen(sheet=sheet, person=A, area_id=area, household=1)


def sitting(name: str, *areas: AreaId | None, basis: Basis = Basis.SHIEN) -> Sat:
    return Sat(
        held=HeldSitting(
            id=name,
            on=date(2026, 11, 12),
            bases=frozenset({basis}),
            area_ids=frozenset(areas),
        ),
        items=tuple(
            SittingItem(purpose=AgendaPurpose.PROGRESS, basis=basis, area_id=area) for area in areas
        ),
    )


def month_of(**records: Any) -> MonthFigures:
    of_november = MonthRecords(**records)
    return build_month(
        NOVEMBER,
        flows=flows_of(of_november),
        stocks=stocks_of(of_november, on=last_of(NOVEMBER)),
    )


@pytest.mark.rule("R-086")
def test_what_the_sheets_say_is_what_the_month_says() -> None:
    mother = MemberIssues(person_id=PersonId("m"), issues=frozenset({Issue.DEBT, Issue.POVERTY}))
    father = MemberIssues(person_id=PersonId("f"), issues=frozenset({Issue.DEBT}))
    told = month_of(
        sheets=(
            seen(
                1,
                route=IntakeRoute.AGENCY,
                members=(mother, father),
                fields=frozenset({Field.POVERTY, Field.CHILD}),
                screening=Screening.ACCEPT,
                consent_state="SERVICE_USE(multi_agency)",
            ),
            seen(2, route=IntakeRoute.AGENCY),
            seen(3, area=WEST, route=IntakeRoute.SELF),
        )
    )

    def east(topic: Topic, key: str) -> int:
        return told.count(topic, key, area_id=EAST)

    assert (east(Topic.INTAKE, "WITH_CONSENT"), east(Topic.INTAKE, "WITHOUT_CONSENT")) == (1, 1)
    assert east(Topic.ROUTE, IntakeRoute.AGENCY) == 2
    assert (east(Topic.ISSUE, Issue.DEBT), east(Topic.ISSUE, Issue.POVERTY)) == (1, 1)
    assert (east(Topic.FIELDS, "2"), east(Topic.FIELDS, "0")) == (1, 1)
    assert east(Topic.SCREENING, Screening.ACCEPT) == 1
    assert told.count(Topic.ROUTE, IntakeRoute.SELF, area_id=WEST) == 1
    assert told.count(Topic.HOUSEHOLD, "ALONE", in_total=True) == 3


@pytest.mark.rule("R-086")
def test_the_year_counts_from_april_and_the_month_from_its_first_day() -> None:
    told = month_of(
        sheets=(
            seen(1, on=date(2026, 3, 31)),
            seen(2, on=date(2026, 4, 1)),
            seen(3, on=date(2026, 11, 1)),
            seen(4, on=date(2026, 12, 1)),
        )
    )
    (line,) = [line for line in told.total if line.topic is Topic.INTAKE]
    assert (line.month, line.year) == (1, 2)


@pytest.mark.rule("R-001")
def test_a_case_of_no_known_area_is_counted_too() -> None:
    told = month_of(sheets=(seen(1, area=None),))
    assert told.count(Topic.INTAKE, "WITHOUT_CONSENT", area_id=None) == 1


@pytest.mark.rule("R-053")
def test_sittings_are_counted_by_law_and_order_nothing() -> None:
    many = [sitting(f"w{n}", WEST) for n in range(8)]
    told = month_of(sittings=(*many, sitting("e", EAST, basis=Basis.JUSO)))

    assert [one.area_id for one in told.areas] == [EAST, WEST]
    assert told.count(Topic.MEETING, Basis.SHIEN, area_id=WEST) == 8
    assert told.count(Topic.MEETING, Basis.JUSO, area_id=EAST) == 1


@pytest.mark.rule("R-053")
def test_one_sitting_on_two_areas_is_one_sitting_of_the_town() -> None:
    told = month_of(sittings=(sitting("both", EAST, WEST),))
    assert told.count(Topic.MEETING, Basis.SHIEN, area_id=EAST) == 1
    assert told.count(Topic.MEETING, Basis.SHIEN, area_id=WEST) == 1
    assert told.count(Topic.MEETING, Basis.SHIEN, in_total=True) == 1


def test_what_we_did_is_counted_without_a_word_of_it() -> None:
    on = date(2026, 11, 20)
    told = month_of(
        areas={A12.id: EAST},
        deeds=(Deed(action="letter.sent", on=on, case_id=A12.id),),
        touches=(Touch(on=on, case_id=A12.id, channel="VISIT", met="absent"),),
        places=(PlaceSeen(opened_on=on, host=AgencyId("cafe"), area_id=WEST),),
    )
    assert told.count(Topic.LETTER, "SENT", area_id=EAST) == 1
    assert told.count(Topic.CONTACT, "VISIT", area_id=EAST) == 1
    assert told.count(Topic.MET, "absent", area_id=EAST) == 1
    assert told.count(Topic.PARTICIPATION, "PLACES_OPENED", area_id=WEST) == 1
    assert told.count(Topic.PARTICIPATION, "HOSTS", area_id=WEST) == 1


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2025, 4, 1), date(2025, 3, 1)),
        (date(2025, 3, 31), date(2025, 2, 1)),
        (date(2024, 1, 15), date(2023, 12, 1)),
    ],
)
def test_the_last_month_that_is_over(today: date, month: date) -> None:
    assert last_finished(today) == month


def test_the_year_of_an_office_begins_in_april() -> None:
    assert year_begins(date(2025, 3, 1)) == date(2024, 4, 1)
    assert year_begins(date(2025, 4, 1)) == date(2025, 4, 1)


def test_an_age_is_told_in_bands_and_a_leap_day_is_a_day() -> None:
    born = replace(A, birth_date=date(2008, 2, 29), about_age=None)
    assert age_band(born, on=date(2026, 2, 28)) == "UNDER_18"
    assert age_band(born, on=date(2026, 3, 1)) == "UNDER_40"
    assert age_band(replace(born, birth_date=None), on=NOVEMBER) == "UNKNOWN"


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


def test_nobody_finds_the_few_by_taking_the_others_from_the_total() -> None:
    assert masked_row([7, 17, 2, 6], total=32) == (("7", "17", MASK, COVERED), "32")
    assert masked_row([7, 0, 2, 3], total=12) == (("7", "0", MASK, MASK), "12")
    assert masked_row([0, 3, 0], total=3) == (("0", MASK, "0"), MASK)
