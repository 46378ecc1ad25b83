"""プラン on the desk: a tired colleague with a phone writes it, and nothing typed is lost."""

from dataclasses import replace

import pytest

from bots.profiles.reader import resolve_profile
from bots.web.desk.evaluations import DEEDS as EVALUATIONS
from bots.web.desk.intake_sheets import DEEDS as INTAKE
from bots.web.desk.plan_decisions import DEEDS as DECISIONS
from bots.web.desk.plans import DEEDS as PLANS
from bots.web.desk.views import View
from core.agencies import Agency, Role, Seat, Staff
from core.cases import CaseState
from core.ids import AgencyId
from core.municipal_profiles.profile import MunicipalProfile
from core.plans.record import PlanState
from core.plans.sheet import GoalKind
from core.programmes import PLANNING, Programme
from core.usecases.cases.show_case import show_case
from tests.bots.web.browser import Browser, Office, Seen
from tests.core.usecases.plans.planning import EARLY_SHEET, IMAI, OKA, TAKAHASHI, Planning
from tests.people import A12, MIDORI, SATO, SUZUKI, TANAKA, TOKYO

CASE = "/s/cases/A-12"
SHEET = (
    ("number", "A-12-1"),
    ("legal_status", "POST_CONSENT"),
    ("wish", "しずかに暮らしたい"),
    ("goals", "つながり | 話せる人がひとりいる | 長期"),
    ("agencies", "みどり市社会福祉協議会 | 訪問 | 主担当"),
    ("actions", "月に一度たずねる | みどり市社会福祉協議会 | 訪ねる支援 | 12月 | 月1回"),
    ("lead_mode", "SELF"),
    ("approach", "手紙を戸口に置く"),
    ("monitoring_on", "2027-02-28"),
)


@pytest.fixture
async def planning(office: Office) -> Planning:
    """Everybody who takes part, an assessment, and A's application."""
    at_hand = Planning(uow=office.uow)  # type: ignore[arg-type]
    await at_hand.found()
    async with office.uow.write() as work:
        await work.towns.put_agency(
            Agency(
                id=AgencyId("agency-council"),
                municipality_id=MIDORI,
                code="council",
                name="みどり市社会福祉協議会",
            )
        )
        await work.staff.put_seat(
            Seat(case_id=A12.id, staff_id=TAKAHASHI.id, role=Role.MUNICIPAL_OFFICER)
        )
        await work.commit()
    await at_hand.agrees(*PLANNING)
    await at_hand.stands(CaseState.CONSENTED)
    await at_hand.assess()
    return at_hand


async def do(
    office: Office, browser: Browser, staff: Staff, path: str, *fields: tuple[str, str]
) -> Seen:
    """Open the case as this colleague, open the form, fill it in and send it."""
    await browser.open(office.link(staff=staff))
    form = await browser.get(f"{CASE}/do/{path}")
    assert form.status == 200, path
    return await browser.post(f"{CASE}/do/{path}", *form.fields, *fields)


async def test_a_plan_goes_from_the_sheet_to_a_plan_that_runs(
    office: Office, browser: Browser, planning: Planning
) -> None:
    done = await do(office, browser, SUZUKI, "draft-plan?of=outreach", *SHEET)
    assert "プランの案(訪ねる支援)を書きました。" in done.words
    (plan,) = await planning.plans()
    (goal,) = plan.sheet.goals
    assert (goal.kind, goal.text, goal.long_term) == (GoalKind.TIE, "話せる人がひとりいる", True)
    (act,) = plan.sheet.actions
    assert (act.programme, act.starts, act.how_often) == (Programme.OUTREACH, "12月", "月1回")

    done = await do(office, browser, SUZUKI, f"submit-plan?of={plan.id}")
    assert "いま「重層的支援会議に提出」です。" in done.words
    (waiting,) = await planning.carry(await planning.sits())
    done = await do(
        office,
        browser,
        TAKAHASHI,
        f"decide-support?of={plan.id}",
        ("act", "DECIDED"),
        ("content", "月に一度の訪問"),
    )
    assert "いま「確定」です。" in done.words
    assert (await planning.plan(waiting)).municipal is not None
    assert await planning.state() is CaseState.CONTINUING_SUPPORT

    begin = f"begin-plan?of={plan.id}"
    refused = await do(office, browser, SATO, begin, ("next_monitoring_on", "2027-02-28"))
    assert (refused.status, "P11" in refused.words) == (422, True)
    assert 'value="2027-02-28"' in refused.text
    done = await do(
        office,
        browser,
        SATO,
        begin,
        ("next_monitoring_on", "2027-02-28"),
        ("copy_offered", "yes"),
    )
    assert "いま「実施中」です。" in done.words
    assert (await planning.plan(plan)).state is PlanState.IN_FORCE


async def test_bad_lines_are_said_one_by_one_and_all_that_was_typed_stays(
    office: Office, browser: Browser, planning: Planning
) -> None:
    changed = dict(SHEET) | {
        "goals": "散歩 | 話せる人がひとりいる",
        "agencies": "みどり市社会福祉協議会 | 訪問 | 主\nとなりの市 | 見学",
        "actions": "たずねる | となりの市",
    }
    again = await do(office, browser, SUZUKI, "draft-plan?of=outreach", *changed.items())
    assert again.status == 422
    assert "3か所、お確かめください。" in again.words
    assert "1行目:「散歩」が見つかりません。" in again.words
    assert "1行目:3つめからは「主担当」か「保護の実施機関」だけを書けます。" in again.words
    assert "1行目:「となりの市」が見つかりません。" in again.words
    for typed in changed.values():
        assert typed.splitlines()[0] in again.text
    assert await planning.plans() == ()
    two = dict(SHEET) | {"goals": "こと | 話せる人がひとりいる"}
    again = await browser.post(f"{CASE}/do/draft-plan?of=outreach", *again.fields, *two.items())
    assert "1行目:「こと」が一つに決まりません。" in again.words


async def test_a_sheet_stands_in_its_form_as_it_was_written(
    office: Office, browser: Browser, planning: Planning
) -> None:
    await do(office, browser, SUZUKI, "draft-plan?of=outreach", *SHEET)
    (plan,) = await planning.plans()
    form = await browser.get(f"{CASE}/do/rewrite-plan?of={plan.id}")
    for _, value in SHEET:
        assert value.replace("つながり |", "社会や人とのつながり |") in form.text
    written = dict(SHEET) | {"wish": "花を育てたい"}
    done = await browser.post(form.path + f"?of={plan.id}", *form.fields, *written.items())
    assert "書き直しました。" in done.words
    again = await planning.plan(plan)
    assert (again.sheet.wish, again.sheet.goals) == ("花を育てたい", plan.sheet.goals)
    assert (again.sheet.actions, again.sheet.agencies) == (plan.sheet.actions, plan.sheet.agencies)


async def test_a_big_change_is_evaluated_and_the_plan_goes_on(
    office: Office, browser: Browser, planning: Planning
) -> None:
    draft = await planning.draft()
    plan = await planning.begin(await planning.decide(await planning.approved(draft)))
    of = f"?of={plan.id}"
    done = await do(
        office,
        browser,
        SATO,
        f"note-monitoring{of}",
        ("done_on", "2026-11-30"),
        ("result", "二度会えた"),
    )
    assert "モニタリングを記録しました。" in done.words
    await do(office, browser, SATO, f"note-evaluation-due{of}", ("reason", "入院した"))
    texts = [(n, "書いた") for n in ("change", "attainment", "of_plan", "supporters")]
    done = await do(
        office,
        browser,
        SUZUKI,
        f"write-evaluation{of}",
        ("kind", "PERIODIC"),
        ("result", "CONTINUE"),
        *texts,
    )
    assert "いま「評価済み」です。" in done.words
    done = await do(
        office, browser, TANAKA, f"continue-plan{of}", ("next_monitoring_on", "2027-03-31")
    )
    assert "いま「実施中」です。" in done.words


async def test_the_two_sheets_of_the_intake_are_kept(
    office: Office, browser: Browser, planning: Planning
) -> None:
    done = await do(
        office,
        browser,
        TANAKA,
        "record-application",
        ("version", "WITH_CONSENT"),
        ("received_on", "2026-11-30"),
        ("topics", "WITHDRAWAL"),
        ("programmes", "multi_agency"),
        ("heard_privacy_rule", "yes"),
        ("signed_on", "2026-11-30"),
        ("helped_by", "鈴木さん"),
    )
    assert "つづけて、同意を記録できます。" in done.words
    done = await do(
        office,
        browser,
        SUZUKI,
        "write-assessment",
        ("assessed_on", "2026-11-30"),
        ("co_authors", "田中"),
        ("issues_0", "ISOLATION"),
        ("issues_0", "LIFE_RHYTHM"),
        ("work_0", "NOT_WORKING"),
        ("fields", "ISOLATION"),
        ("early_links", "participation"),
        ("screening", "ACCEPT"),
    )
    assert "アセスメントを書きました。" in done.words
    async with office.uow.read() as work:
        (form,) = await work.applications.of_case(A12.id)
        sheet, *_ = await work.assessments.of_case(A12.id)
    assert form.helped_by == SUZUKI.id
    assert form.programmes == frozenset({Programme.MULTI_AGENCY})
    assert sheet.authors == (SUZUKI.id, TANAKA.id)
    assert len(sheet.members[0].issues) == 2
    assert sheet.early_links == frozenset({Programme.PARTICIPATION})


async def test_a_plan_is_offered_to_those_whose_it_is(
    office: Office, browser: Browser, planning: Planning
) -> None:
    page = await browser.open(office.link(staff=SUZUKI))
    assert "プランの案を書く(訪ねる支援)" in page.words
    assert "プランの案を書く(多機関協働)" not in page.words
    assert "支援決定をする" not in page.words
    page = await browser.open(office.link(staff=TANAKA))
    assert "プランの案を書く(多機関協働)" in page.words
    assert "プランの案を書く(訪ねる支援)" not in page.words


def test_each_title_stands_once_on_a_page() -> None:
    titles = [deed.title for deed in (*INTAKE, *PLANS, *DECISIONS, *EVALUATIONS)]
    assert len(titles) == len(set(titles))


async def test_chair_and_secretariat_carry_over_what_the_meeting_decided(
    office: Office, browser: Browser, planning: Planning
) -> None:
    plan = await planning.submit(await planning.draft())
    _, item = await planning.sits()
    page = await browser.open(office.link(staff=IMAI))
    assert "会議の決定をプランに反映する" in page.words
    assert SHEET[2][1] not in page.words
    done = await do(office, browser, OKA, f"carry-decision?of={item}")
    assert "いま「支援決定待ち」です。" in done.words
    assert (await planning.plan(plan)).state is PlanState.AWAITING_DECISION
    assert "会議の決定をプランに反映する" not in (await browser.get(CASE)).words
    refused = await browser.get(f"{CASE}/do/carry-decision?of={item}")
    assert refused.status == 404


async def seen_in(planning: Planning, profile: MunicipalProfile | None) -> View:
    """The case as 鈴木 has it before their eyes in a town with this profile."""
    story = await show_case(planning.uow, case_id=A12.id, by=SUZUKI.id, at=planning.at)
    return View(
        story=story,
        reader=SUZUKI.id,
        roles=story.roles,
        at=planning.at,
        tz=TOKYO,
        profile=profile,
    )


def offered(view: View, key: str) -> list[str]:
    (deed,) = [one for one in PLANS if one.key == key]
    return [offer.about for offer in deed.offers(view)]


@pytest.mark.rule("P4")
async def test_where_endorsement_is_left_to_judgement_a_draft_may_begin(
    planning: Planning,
) -> None:
    await planning.draft(EARLY_SHEET)
    profile = resolve_profile("midori")
    strict = replace(profile, endorse_before_consent=True)
    assert offered(await seen_in(planning, strict), "begin-early-plan") == []
    free = replace(profile, endorse_before_consent=False)
    assert len(offered(await seen_in(planning, free), "begin-early-plan")) == 1


async def test_programmes_go_by_the_towns_own_names_where_these_tell_them_apart(
    planning: Planning,
) -> None:
    kitakyushu = await seen_in(planning, resolve_profile("kitakyushu"))
    assert offered(kitakyushu, "draft-plan") == ["伴走型支援事業"]
    # Komaki runs two of them under one name.
    assert offered(await seen_in(planning, resolve_profile("komaki")), "draft-plan") == [
        "訪ねる支援"
    ]
