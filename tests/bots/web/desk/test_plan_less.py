"""プランのない、情報の共有だけの案件: marked by a form, shared in both meetings (R-092)."""

from dataclasses import replace

import pytest

from bots.web.chapters.papers import plans
from bots.web.chapters.rows import Voice
from bots.web.desk.deed import Means
from bots.web.desk.pages import Done, FormPage, take_form
from bots.web.desk.plan_less import DEEDS
from bots.web.desk.served import view_of
from bots.web.desk.views import View
from core.basis import Basis
from core.errors import CaseworkError
from core.figures.moves import PLAN_LESS, PLANNED, Move, move_of
from core.meetings.asking import ItemAsked
from core.meetings.items import AgendaPurpose, ShienPurpose
from core.municipal_profiles.duties import PlanNeeded, PlanThere
from core.programmes import Programme
from core.usecases.cases.show_case import show_case
from core.usecases.courses.share_without_plan import share_without_plan
from core.usecases.meetings.add_item import add_item
from core.usecases.meetings.preview_item import preview_item
from core.usecases.meetings.request_meeting import request_meeting
from core.usecases.plans.draft_plan import draft_plan
from core.usecases.plans.write_assessment import write_assessment
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.plans.planning import NEVER, OUTREACH_SHEET
from tests.council import Council, call_council
from tests.midori import found_midori
from tests.people import A12, MONDAY, SATO, SUZUKI, TOKYO

pytestmark = pytest.mark.rule("R-092")
INFORMATION = ItemAsked(
    purpose=AgendaPurpose.INFO_SHARE,
    case_id=A12.id,
    shien_purpose=ShienPurpose.WATCH_AND_POLICY,
)
WHY = "社会福祉協議会だけで支えているため"


@pytest.fixture
async def council(unit_of_work: SqlUnitOfWork) -> Council:
    """みどり市 knows cases without a plan; A agreed to be talked of in the みどり重層会議."""
    await found_midori(unit_of_work)
    council = await call_council(unit_of_work)
    await council.agrees_to_share()
    return council


async def view(council: Council) -> View:
    story = await show_case(council.uow, case_id=A12.id, by=SATO.id, at=MONDAY, tz=TOKYO)
    return view_of(story, reader=SATO.id, at=MONDAY, tz=TOKYO, profile=council.profile)


async def sent(council: Council, key: str, **typed: str) -> Done | FormPage:
    seen = await view(council)
    form = {"version": [str(seen.story.case.version)]} | {k: [v] for k, v in typed.items()}
    return await take_form(DEEDS, Means(uow=council.uow, view=seen), key=key, of="", form=form)


async def moves(council: Council) -> list[Move]:
    """What the figures read of the case's way."""
    async with council.uow.read() as work:
        trail = await work.audit.of_case(A12.id)
    told = (move_of(entry, tz=TOKYO) for entry in trail)
    return [move for move in told if move is not None]


async def ask(council: Council, asked: ItemAsked = INFORMATION) -> Basis | None:
    """Before which meeting it came."""
    meeting = await request_meeting(
        council.uow, asked=asked, by=SATO.id, at=MONDAY, tz=TOKYO, profile=council.profile
    )
    ground = meeting.items[0].ground
    return None if ground is None else ground.basis


async def refused(council: Council, asked: ItemAsked = INFORMATION) -> CaseworkError:
    with pytest.raises(PlanNeeded) as no:
        await ask(council, asked)
    with pytest.raises(PlanNeeded):
        await preview_item(
            council.uow, asked=asked, by=SATO.id, at=MONDAY, tz=TOKYO, profile=council.profile
        )
    return no.value


async def test_without_plan_and_mark_it_is_not_shared_in_the_multilayered_meeting(
    council: Council,
) -> None:
    assert (await refused(council)).facts["lacks"] == "reason"
    progress = replace(
        INFORMATION,
        purpose=AgendaPurpose.PROGRESS,
        programmes=frozenset({Programme.OUTREACH}),
    )
    await refused(council, progress)
    meeting = await council.request()
    with pytest.raises(PlanNeeded):
        await add_item(
            council.uow,
            meeting_id=meeting.id,
            version=meeting.version,
            asked=INFORMATION,
            by=SATO.id,
            at=MONDAY,
            tz=TOKYO,
            profile=council.profile,
        )


async def test_a_support_meeting_is_there_for_cases_without_a_plan_and_haste_waits_for_none(
    council: Council,
) -> None:
    assert await ask(council, replace(INFORMATION, wish=Basis.SHIEN)) is Basis.SHIEN
    assert await ask(council, replace(INFORMATION, purpose=AgendaPurpose.URGENT)) is Basis.JUSO


async def test_marked_with_its_reason_it_is_shared_told_and_counted_as_new_alone(
    council: Council,
) -> None:
    done = await sent(council, "share-without-plan", because=WHY)
    assert isinstance(done, Done)
    assert await ask(council) is Basis.JUSO
    seen = await view(council)
    told = plans(Voice(story=seen.story, at=MONDAY, tz=TOKYO)).rows[0]
    assert told.title == "プランをつくらず、情報の共有だけの案件です"
    assert told.facts == (("わけ", WHY),)
    assert not seen.story.case.plan_required
    assert [move.row for move in await moves(council)] == [PLAN_LESS], "for the figures"


async def test_the_mark_is_taken_back_by_a_form(council: Council) -> None:
    await sent(council, "share-without-plan", because=WHY)
    done = await sent(council, "expect-plan")
    assert isinstance(done, Done)
    assert (await view(council)).story.case.plan_required
    assert [move.row for move in await moves(council)] == [PLAN_LESS, PLANNED]
    await refused(council)


async def test_a_reason_is_written_or_nothing_is_marked(council: Council) -> None:
    page = await sent(council, "share-without-plan", because="  ")
    assert isinstance(page, FormPage)
    assert (await view(council)).story.case.plan_required


async def test_a_plan_that_is_drafted_ends_the_mark_and_a_case_with_one_takes_none(
    council: Council,
) -> None:
    await sent(council, "share-without-plan", because=WHY)
    await write_assessment(
        council.uow, case_id=A12.id, sheet=NEVER, by=SUZUKI.id, at=MONDAY, tz=TOKYO
    )
    await draft_plan(
        council.uow,
        case_id=A12.id,
        programme=Programme.OUTREACH,
        sheet=OUTREACH_SHEET,
        by=SUZUKI.id,
        at=MONDAY,
    )
    now = (await view(council)).story.case
    assert now.plan_required
    assert await ask(council) is Basis.JUSO
    with pytest.raises(PlanThere):
        await share_without_plan(
            council.uow,
            case_id=A12.id,
            version=now.version,
            because=WHY,
            profile=council.profile,
            by=SATO.id,
            at=MONDAY,
        )


async def test_where_the_town_knows_no_such_cases_none_is_marked(council: Council) -> None:
    council.profile = replace(council.profile, plan_less_cases=False)
    with pytest.raises(PlanNeeded) as no:
        await share_without_plan(
            council.uow,
            case_id=A12.id,
            version=A12.version,
            because=WHY,
            profile=council.profile,
            by=SATO.id,
            at=MONDAY,
        )
    assert no.value.facts["lacks"] == "profile"
    assert not list(DEEDS[0].offers(await view(council)))
    assert (await refused(council)).facts["lacks"] == "profile"
