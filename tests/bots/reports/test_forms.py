"""`yorisoi forms export`: what stands on the paper, what stays in the record, and who is told."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bots.form_commands import papers_of
from bots.i18n.eras import era_day, era_year
from bots.i18n.names import LAWS_OWN
from bots.reports.forms.blocks import Paper, Ticks
from bots.reports.forms.drawing import save_forms
from bots.reports.forms.own import own_sheet
from bots.reports.workbook import save_sheets
from core.access import NotYours
from core.applications import ConsultationTopic, FormVersion, IntakeApplicationForm
from core.assessments import IntakeAssessment, Money
from core.basis import Basis
from core.figures.reported import ReportedItemMissing
from core.forms import FormFacts, FormKind, FormNotThere, own_form
from core.ids import ApplicationId, AssessmentId, PlanId
from core.meetings.decisions import ItemDecision, Outcome
from core.meetings.ids import BodyId, ItemId, MeetingId
from core.meetings.items import AgendaItem, AgendaPurpose, Ground
from core.meetings.sittings import Block, Meeting, MeetingState
from core.municipal_profiles.own_forms import REPORTED, FormItem, OwnColumn, OwnForm
from core.plans.record import Plan, PlanState
from core.plans.sheet import PlanSheet
from core.programmes import Programme
from core.usecases.forms.export_form import export_form
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.reports.conftest import Command
from tests.midori import found_midori
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

ON = date(2026, 11, 20)
OWN = ("R-01", "--programme", "outreach", "--own", "町の", "--out", "a.xlsx")
APPLICATION = IntakeApplicationForm(
    id=ApplicationId("application"),
    version=FormVersion.WITH_CONSENT,
    received_on=ON,
    receiver_id=SATO.id,
    case_id=A12.id,
    person_id=A.id,
    topics=frozenset({ConsultationTopic.WITHDRAWAL}),
    wishes="=静かに話したい",
    programmes=frozenset({Programme.OUTREACH}),
    heard_privacy_rule=True,
    signed_on=ON,
)
ASSESSMENT = IntakeAssessment(
    id=AssessmentId("assessment"),
    case_id=A12.id,
    assessed_on=ON,
    authors=(SATO.id,),
    money=Money(arrears="住民税の滞納", tax_derived=True),
)
PLAN = Plan(
    id=PlanId("plan"),
    municipality_id=MIDORI,
    case_id=A12.id,
    programme=Programme.OUTREACH,
    assessment_id=ASSESSMENT.id,
    sheet=PlanSheet(number="R8-1", made_on=ON, maker_id=SATO.id, wish="釣りに行きたい"),
    state=PlanState.DRAFT,
    approved_in="sitting",
)


def sitting(basis: Basis) -> Meeting:
    """The sitting that spoke of the plan."""
    at = datetime(2026, 11, 18, 14, tzinfo=TOKYO)
    item = AgendaItem(
        id=ItemId("item"),
        purpose=AgendaPurpose.PLAN,
        requested_by=SATO.id,
        requested_at=at,
        case_id=A12.id,
        person_id=A.id,
        subjects=frozenset({A.id}),
        ground=Ground(basis=basis, body_id=BodyId("body"), roster=1, reasons=frozenset()),
        decision=ItemDecision(outcome=Outcome.APPROVED),
    )
    return Meeting(
        id=MeetingId("sitting"),
        municipality_id=MIDORI,
        items=(item,),
        requested_by=SATO.id,
        state=MeetingState.CLOSED,
        blocks=(Block(body_id=BodyId("body"), begins_at=at, ends_at=at.replace(hour=15)),),
    )


@pytest.fixture
async def record(unit_of_work: SqlUnitOfWork) -> SqlUnitOfWork:
    """みどり市 with A's papers written."""
    await found_midori(unit_of_work)
    async with unit_of_work.write() as work:
        await work.applications.put(APPLICATION)
        await work.assessments.put(ASSESSMENT)
        await work.plans.add(PLAN)
        await work.commit()
    return unit_of_work


async def taken(uow: SqlUnitOfWork, form: FormKind, **changes: Any) -> FormFacts:
    asked: dict[str, Any] = {"programme": Programme.OUTREACH, "by": None, **changes}
    return await export_form(uow, case_id=A12.id, form=form, at=MONDAY, tz=TOKYO, **asked)


def words_on(papers: tuple[Paper, ...]) -> str:
    """Everything that stands on the papers."""
    return repr(papers)


@pytest.mark.rule("R-085")
async def test_an_intake_is_the_application_and_the_assessment(record: SqlUnitOfWork) -> None:
    papers = papers_of(await taken(record, FormKind.INTAKE), names=LAWS_OWN)
    assert [paper.title for paper in papers] == [
        "相談受付・申込票",
        "インテーク・アセスメントシート",
    ]
    said = words_on(papers)
    for words in ("令和8年11月20日", "青木", "静かに話したい", "ひきこもり・不登校"):
        assert words in said
    (topics,) = [
        block
        for block in papers[0].blocks
        if isinstance(block, Ticks) and ("ひきこもり・不登校", True) in block.options
    ]
    assert [one[0] for one in topics.marked].count("☑") == 1


@pytest.mark.rule("R-043", "R-085")
async def test_what_comes_from_taxation_stays_in_the_record(record: SqlUnitOfWork) -> None:
    papers = papers_of(await taken(record, FormKind.INTAKE), names=LAWS_OWN)
    assert "住民税" not in words_on(papers)
    assert any("税に由来する" in note for note in papers[1].notes)


def own(*items: FormItem) -> OwnForm:
    """A form of the town's own that holds these, and one column for a hand."""
    columns = tuple(OwnColumn(title=f"町の{item.value}", item=item) for item in items)
    by_hand = OwnColumn(title="町のひとこと")
    return OwnForm(name="町のシート", instead_of="INTAKE_ASSESSMENT", columns=(*columns, by_hand))


@pytest.mark.rule("R-085")
@pytest.mark.parametrize(
    ("items", "said"),
    [
        (REPORTED, "代わりに使えます"),
        ((FormItem.CASE, *REPORTED[1:-1]), "報告する項目(作成日、受付の判断)がない"),
        ((), "この用紙も使います"),
    ],
)
async def test_the_sheet_says_whether_the_towns_own_form_does_in_its_place_and_what_it_lacks(
    record: SqlUnitOfWork, items: tuple[FormItem, ...], said: str
) -> None:
    facts = await taken(record, FormKind.INTAKE)
    _, sheet = papers_of(facts, names=LAWS_OWN, own_forms=[own(*items)])
    assert any("町のシート" in note and said in note for note in sheet.notes)


@pytest.mark.rule("R-085")
async def test_the_towns_own_form_is_written_under_its_own_titles(
    record: SqlUnitOfWork, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    form = own(FormItem.CASE, FormItem.NAME, FormItem.WISHES, *REPORTED)
    book = tmp_path / "own.xlsx"
    sheet = own_sheet(await taken(record, FormKind.INTAKE), form, names=LAWS_OWN)
    save_sheets([sheet], book)
    tab = openpyxl.load_workbook(book).worksheets[0]
    assert [cell.value for cell in tab[3]][:4] == [
        "町のcase",
        "町のname",
        "町のwishes",
        "町のassessed_on",
    ]
    assert tab[3][-1].value == "町のひとこと"
    assert [cell.value for cell in tab[4]][:4] == [
        "A-12",
        A.name,
        "=静かに話したい",
        "令和8年11月20日",
    ]
    assert tab["C4"].data_type == "s"
    assert "住民税" not in repr(sheet), "what comes from taxation is none of its items (R-043)"


@pytest.mark.rule("R-085")
async def test_every_item_that_a_town_may_name_is_written(record: SqlUnitOfWork) -> None:
    facts = await taken(record, FormKind.INTAKE)
    (row,) = own_sheet(facts, own(*FormItem), names=LAWS_OWN).rows
    assert len(row) == len(FormItem) + 1
    assert all(isinstance(said, str) for said in row)


@pytest.mark.rule("R-085")
def test_a_form_that_lacks_reported_items_is_not_used_in_the_sheets_place() -> None:
    with pytest.raises(ReportedItemMissing) as refused:
        own_form([own(*REPORTED[2:])], "町のシート")
    assert refused.value.facts["missing"] == "assessed_on,route"
    with pytest.raises(FormNotThere):
        own_form([own(*REPORTED)], "べつのシート")
    assert own_form([own(*REPORTED)], "町のシート").name == "町のシート"


@pytest.mark.rule("R-082", "R-085")
@pytest.mark.parametrize(("basis", "told"), [(Basis.JUSO, True), (Basis.SHIEN, False)])
async def test_what_a_support_meeting_decided_stays_in_the_record(
    record: SqlUnitOfWork, basis: Basis, told: bool
) -> None:
    async with record.write() as work:
        await work.meetings.add(sitting(basis))
        await work.commit()
    facts = await taken(record, FormKind.PLAN)
    assert (facts.result is not None) is told
    papers = papers_of(facts, names=LAWS_OWN)
    assert ("令和8年11月18日" in words_on(papers)) is told
    assert "釣りに行きたい" in words_on(papers)


@pytest.mark.rule("R-085")
async def test_who_took_a_form_out_is_on_record(record: SqlUnitOfWork) -> None:
    await taken(record, FormKind.PLAN, by=SATO.id)
    async with record.read() as work:
        entries = await work.audit.of_case(A12.id)
    opened, exported = [entry.event for entry in entries][-2:]
    assert (opened.action, exported.action) == ("case.opened", "form.exported")
    assert (exported.actor, exported.reason) == (SATO.id, "plan")
    assert exported.evidence == ("programme=outreach",)


@pytest.mark.rule("R-085")
async def test_a_form_that_was_not_written_is_not_taken_out(record: SqlUnitOfWork) -> None:
    for form, programme in (
        (FormKind.EVALUATION, Programme.OUTREACH),
        (FormKind.PLAN, Programme.MULTI_AGENCY),
        (FormKind.PLAN, Programme.COMMUNITY_BUILDING),
    ):
        with pytest.raises(FormNotThere):
            await taken(record, form, programme=programme)


async def test_a_form_is_for_those_who_read_the_whole_case(record: SqlUnitOfWork) -> None:
    async with record.write() as work:
        for seat in await work.staff.all_seats(A12.id):
            await work.staff.remove_seat(seat)
        await work.cases.change(
            replace(A12, lead_staff_id=None, version=A12.version + 1), version=A12.version
        )
        await work.commit()
    with pytest.raises(NotYours):
        await taken(record, FormKind.PLAN, by=SUZUKI.id)
    assert TANAKA.id != SUZUKI.id


async def test_a_workbook_is_drawn_on_a4_and_words_are_no_formulas(
    record: SqlUnitOfWork, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = tmp_path / "intake.xlsx"
    save_forms(papers_of(await taken(record, FormKind.INTAKE), names=LAWS_OWN), book)
    tab = openpyxl.load_workbook(book).worksheets[0]
    assert str(tab.page_setup.paperSize) == tab.PAPERSIZE_A4
    assert (tab.page_setup.fitToWidth, tab.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
    (wish,) = [cell for row in tab.iter_rows() for cell in row if cell.value == "=静かに話したい"]
    assert wish.data_type == "s"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2019, 4, 30), "平成31年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2026, 12, 1), "令和8年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1926, 12, 24), "大正15年"),
    ],
)
def test_years_are_those_of_the_era(on: date, said: str) -> None:
    assert era_year(on) == said
    assert era_day(on).startswith(said)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("R-01", "--form", "plan", "--programme", "outreach", "--out", "a.csv"), 2, ".xlsx"),
        (("R-01", "--form", "plan", "--programme", "outreach", "--out", "a.xlsx"), 1, "R-085"),
        (("Z-99", "--form", "plan", "--programme", "outreach", "--out", "a.xlsx"), 1, "Z-99"),
        ((*OWN, "--form", "intake"), 1, "R-085"),
        ((*OWN, "--form", "plan"), 2, "intake"),
        (("R-01", "--form", "diary", "--programme", "outreach", "--out", "a.xlsx"), 2, ""),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    kitakyushu: Command, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    told = kitakyushu("forms", "export", *words)
    assert (told.exit_code, said in told.stderr) == (code, True)
    assert not list(tmp_path.glob("*.xlsx"))
